"""Drawings made from words and numbers: coins, streets and icons, as plain SVG without any inline style."""
