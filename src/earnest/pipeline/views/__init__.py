"""The pages of deals: the list, the board, many at once, one cell, saved lists, and what a rule says."""
