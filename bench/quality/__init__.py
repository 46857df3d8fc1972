"""`make bench-quality`: how well the judge tells who is meant, beside its goals and beside nomenklatura's logic-v2."""
