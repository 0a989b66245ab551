"""What is made of records and built pages for readers, search, phones and other programs."""
