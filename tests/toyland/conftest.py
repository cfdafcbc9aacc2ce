"""The invented country is a package of its own, outside `quittance`: only the test of it imports it, from its copy."""

collect_ignore_glob = ["*.py", "*/*.py"]
