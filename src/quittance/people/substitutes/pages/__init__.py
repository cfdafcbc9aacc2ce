"""Pages of substitutes."""
