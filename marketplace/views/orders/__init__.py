"""The pages of orders: buying, following, delivering, and settling what goes wrong."""
