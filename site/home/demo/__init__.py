"""The demo: a municipality that does not exist, with three neighbourhoods, their pages and the people in them."""
