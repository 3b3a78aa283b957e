"""The till of a supplier."""
