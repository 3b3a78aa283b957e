"""The desk of who organises: who comes, the door, confirming hours, pots, months and certificates."""
