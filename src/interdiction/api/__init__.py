"""The door of the network: the same engine over HTTP, for clients of this field and for our own (docs/service.md)."""
