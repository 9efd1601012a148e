"""The command line: `wuqing COMMAND`, also `python -m dashboard COMMAND`."""

from importlib import import_module

import click

COMMANDS = (
    "init", "import", "demo", "board", "cases", "figures", "seal-month", "check", "backup",
    "restore", "doctor", "account", "audit", "briefing",
)  # fmt: skip

ABOVE = {"briefing": "callbacks.briefing_command"}
"""Commands that draw: they are named here, as the core imports nothing that lies above it."""


class Commands(click.Group):
    """Loads a command's file only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Name every command, in the order they are first needed."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import `dashboard.commands.<first word>_command` or its module ABOVE for `command`."""
        if cmd_name not in COMMANDS:
            return None
        own = f"dashboard.commands.{cmd_name.partition('-')[0]}_command"
        module = import_module(ABOVE.get(cmd_name, own))
        command: click.Command = module.command
        return command


@click.group(cls=Commands)
def main() -> None:
    """The command-centre wall: its database, imports, demo county and figures."""


if __name__ == "__main__":
    main()
