"""What can be asked of this app, by subject."""
