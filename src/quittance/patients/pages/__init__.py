"""Pages of patients, of their covers and of prescribers."""
