"""Who may look: accounts and roles, sessions, sign-in, and the log of what was done."""
