"""What the law files say, gathered for the information pages: each rule with its values, sources and official site."""

from __future__ import annotations

from quittance.belgium.info.book import url_of

__all__ = ["url_of"]
