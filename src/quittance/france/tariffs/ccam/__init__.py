"""CCAM (classification commune des actes médicaux): its dated price list, from the official publications."""
