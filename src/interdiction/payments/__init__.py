"""Payments in every format to one `Payment`."""
