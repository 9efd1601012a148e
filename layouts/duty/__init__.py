"""The duty roster: its week as a table, and the forms that keep it."""
