"""The pages of the shared nouns, one module per subject."""
