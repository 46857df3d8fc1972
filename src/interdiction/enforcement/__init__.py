"""From hits, measures and position to what must be done: pure rules, no input or output."""
