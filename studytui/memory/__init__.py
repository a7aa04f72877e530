"""When to ask again: scheduling, days, queue. Pure: the clock is passed in."""
