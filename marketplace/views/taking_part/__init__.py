"""What a participant sees: signing up, taking part, checking in, the own calendar, children."""
