"""The benchmarks: one command prints every figure with its limit and its ratio."""
