"""Bank statements to try the demo with, and the tests. No real bank wrote them."""
