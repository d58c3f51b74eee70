"""What pages show of a need: plain values, through the one predicate."""
