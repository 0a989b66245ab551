"""What the search finds: entries read from built pages, and what officials call things."""
