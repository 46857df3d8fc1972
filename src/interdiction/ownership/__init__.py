"""Who is reached through owners: registers of stakes, the control tests of each regime, the proof and its picture."""
