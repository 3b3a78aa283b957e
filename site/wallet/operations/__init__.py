"""What changes in the wallet, by subject."""
