"""The stall: what waits for somebody who sells or asks, and all that they have on the market."""
