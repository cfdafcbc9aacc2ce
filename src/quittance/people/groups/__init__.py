"""Companies, groups and institutions: who manages their access, and what their users may do (M05, G01, G02)."""
