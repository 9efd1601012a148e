"""What stops a backup or a restore."""


class BackupError(Exception):
    """It was not made, or not put back; the message says why and what to do."""
