"""The only room that imports the native module: normalise, compare, index."""
