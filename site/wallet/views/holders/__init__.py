"""Three rooms of the finance desk: accounts, payments that are undone, limits."""
