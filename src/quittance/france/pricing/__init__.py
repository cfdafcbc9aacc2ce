"""The rules, one file a chapter of law, and the border around them."""
