"""Members: who works in the practice, in which role, from when to when."""
