"""Vouchers: those of the buyer, and the desk of the seller that takes them."""
