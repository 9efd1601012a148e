"""The cards of a leader's page, one concern a file."""
