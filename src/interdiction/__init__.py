"""Sanctions interdiction: from the announcement to the block, with proof."""
