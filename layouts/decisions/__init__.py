"""The register of decisions: its list, the one looked at, and the forms to write under it."""
