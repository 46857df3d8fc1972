"""The judge's numbers fitted to a user's own decided alerts: decisions in, a weights file and what it changes out."""
