"""Pages of France: patients, covers, and the lines of a bill."""
