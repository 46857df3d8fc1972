"""Alerts, cases, four eyes and clearances as pure steps: what may be done, by whom, and what follows from it."""
