"""The room of a board: its meetings, minutes and decisions. What was decided, and how, everybody can read."""
