"""Questions of the wallet, by subject."""
