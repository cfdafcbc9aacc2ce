"""Bills, lines, shares, receivables, payments: the ledger. It knows no country."""
