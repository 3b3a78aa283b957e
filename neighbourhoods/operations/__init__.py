"""What changes in this app, by subject."""
