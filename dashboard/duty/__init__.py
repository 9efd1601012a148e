"""The duty roster: who is on duty when; read by the wall, the briefing and its own page."""
