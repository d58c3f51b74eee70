"""The pages on which what buyers said is written down."""
