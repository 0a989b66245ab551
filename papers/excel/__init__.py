"""Spreadsheets: forms that are tables, and the cross-reference."""
