"""One party or a whole book against the lists in force: retrieve, judge, explain."""
