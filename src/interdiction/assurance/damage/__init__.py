"""Ways in which a listed party comes damaged: what typists, forms, wires, alphabets and evaders do to a name."""
