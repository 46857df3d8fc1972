"""SWIFT MT messages to payments: the blocks, the fields, and the parties in them."""
