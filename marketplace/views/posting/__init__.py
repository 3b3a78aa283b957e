"""Posting activities and planning their shifts."""
