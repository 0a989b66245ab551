"""Papers: the knowledge base as PDF, Word and spreadsheet files. Knows no mkdocs; writes nothing but its cache."""
