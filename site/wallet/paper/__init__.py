"""What the wallet prints."""
