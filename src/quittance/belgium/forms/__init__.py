"""Forms of Belgian pages: one module a topic."""
