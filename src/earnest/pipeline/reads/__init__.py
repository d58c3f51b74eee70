"""What the pages of deals show: each through the one predicate, plain values, a constant number of statements."""
