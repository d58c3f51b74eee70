"""The sections of the report: from figures to the words, tables and drawings that the page and the terminal show."""
