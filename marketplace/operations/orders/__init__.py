"""Ordering: from a reservation to a payment, or back."""
