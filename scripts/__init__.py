"""One thin command per make target."""
