"""The sentences of the report: pure functions from figures to words, said once for the page and the terminal."""
