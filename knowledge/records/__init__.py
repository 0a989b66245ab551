"""Records: their types, how they are read from files, what is said of a file that cannot be read."""
