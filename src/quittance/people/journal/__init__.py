"""The journal as people read it: names and words for its ids and codes, filters, pages, export."""
