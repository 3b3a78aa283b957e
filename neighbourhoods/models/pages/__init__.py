"""The pages of the tree, each in its room: places and their news, and how and what is decided there."""
