"""The board's desk for its market: what waits, organisations, reports, words and references."""
