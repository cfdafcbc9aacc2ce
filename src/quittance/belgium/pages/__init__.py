"""Belgian parts of the generic pages."""
