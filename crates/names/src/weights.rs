//! Every scoring number, as one struct that arrives from `data/weights.yml`; nothing is inline.
