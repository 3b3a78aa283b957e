"""One offer: its page, writing one, answering what is wanted."""
