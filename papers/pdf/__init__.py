"""Papers as PDF: what they say (Python) and how they look (Typst)."""
