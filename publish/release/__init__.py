"""A release: what is handed on of an edition, in one folder."""
