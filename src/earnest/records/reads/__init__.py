"""What pages show of the shared nouns, one module per subject: scoped, plain values, a constant number of queries."""
