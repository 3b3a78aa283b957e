"""What people can do, what suits them, and teams that look for work together."""
