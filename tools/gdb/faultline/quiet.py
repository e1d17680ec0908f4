# Commands without a word of GDB's: what is to be said is said better afterwards.
# SPDX-License-Identifier: MIT
import gdb

from faultline.command import Command


def quietly(command):
    """Executes COMMAND without a word of GDB's, not of a stop either; errors are raised."""
    gdb.execute("set suppress-cli-notifications on")
    try:
        gdb.execute(command, to_string=True)
    finally:
        gdb.execute("set suppress-cli-notifications off")


class Quietly(Command):
    """Run a command and drop what it prints, unless it fails."""

    def __init__(self):
        super().__init__("quietly", gdb.COMMAND_SUPPORT)

    def run(self, argument, from_tty):
        del from_tty
        quietly(argument)
