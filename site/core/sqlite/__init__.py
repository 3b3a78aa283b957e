"""SQLite as we use it (`ENGINE = "core.sqlite"`): Django's own backend, whose writers wait their turn in a queue."""
