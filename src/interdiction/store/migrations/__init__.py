"""The migrations of the store, run from inside the package by `store.database`."""
