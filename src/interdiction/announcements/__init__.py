"""Announcements: what was ordered, against whom, by which authority, and who says so."""
