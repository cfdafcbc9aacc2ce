"""Routes of Belgium, below /be/: one module a topic."""
