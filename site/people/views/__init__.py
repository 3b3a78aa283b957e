"""The account pages: all of them behind a sign-in, and what is another's answers 404."""
