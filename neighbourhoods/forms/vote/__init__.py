"""What a voter fills in: the ballot, and the matters around it."""
