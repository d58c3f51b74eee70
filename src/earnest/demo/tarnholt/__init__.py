"""Tarnholt, the invented company of the demo story: its people, its deals and what is known of them, as data."""
