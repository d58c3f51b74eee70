"""The REST API: typed operations over the same reads and services as the pages."""
