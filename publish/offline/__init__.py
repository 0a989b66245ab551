"""The copy for a folder or stick."""
