"""Maximum amounts: what somebody may still earn, what they earned in a year, and what a municipality confirmed."""
