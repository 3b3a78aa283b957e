"""Sheets of paper, as PDF: what every app prints on. What stands on them is the affair of the app."""
