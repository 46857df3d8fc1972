"""Our own routes, under /v1: what the compatible surface has no word for."""
