"""What stands on the pages of the demo, in Dutch and in English."""
