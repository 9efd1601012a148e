"""The morning briefing: what is composed, sealed and followed up."""
