"""Earnest: a customer-first sales system."""

__version__ = "0.1.0"
