"""Activities for everybody: the list, one activity, the calendar of a neighbourhood, the front page."""
