"""What Belgian law and its administrations say, as dated data with its source, read once into typed rows."""
