"""Users, practices, professionals, and who may do what for whom."""
