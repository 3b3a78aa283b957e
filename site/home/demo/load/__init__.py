"""Bringing the demo into the database: its pages and its people, stage by stage, through operations."""
