"""What this app adds to somebody's account page: their wallet, and the doors that their offices open."""
