"""Fitting and forecasting for people: the work in a process of its own, what is adopted, and how it is told."""
