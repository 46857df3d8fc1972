"""Official lists: the register of sources, readers, checks, editions and what changed between them."""
