"""The slow, obvious calculator: a second reading of the French half of the contract, made of fractions and dicts.

It shares no code with the product. It reads the product's price lists and law files with readers of its own,
and gives amounts only, or the codes of the refusals the contract names.
"""

from tests.oracle.quoting import quote

__all__ = ["quote"]
