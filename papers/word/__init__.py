"""Word files: decree documents, internal sheets, editable copies of checklists."""
