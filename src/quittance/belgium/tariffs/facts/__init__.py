"""The builder of the shipped tables: published facts gathered in CSV files, and what `facts.yaml` decides of them."""
