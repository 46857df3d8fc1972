"""The surface that clients of yente speak: its paths, parameters and shapes, answered by this engine."""
