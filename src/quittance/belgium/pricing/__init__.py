"""The rules of Belgian prices: one function for each line of law, in the order that `bill.py` alone knows."""
