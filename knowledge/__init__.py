"""The knowledge base: records, what is computed from them, checks. Knows no mkdocs, no HTML, no paper."""
