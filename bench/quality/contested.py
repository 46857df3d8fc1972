"""Rows of name_pairs.csv whose label we contest, with the principle that stands against it."""

CONTESTED: tuple[tuple[str, str, str, str], ...] = ()
"""Name, other name, label, why. At most one row in twenty."""
