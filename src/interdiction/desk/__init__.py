"""What a door asks for and needs the engine and the reports together, which may not see each other."""
