"""The copy that a phone keeps: the worker and its list of files."""
