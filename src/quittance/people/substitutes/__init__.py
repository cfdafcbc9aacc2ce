"""Substitutes (remplaçants, K03): who replaces whom on which days, as the holder has confirmed."""
