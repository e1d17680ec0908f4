# `kernel EXPRESSION`: print as the kernel sees memory, from any mode.
# SPDX-License-Identifier: MIT
import gdb

from faultline import sight
from faultline.command import Command


class KernelCommand(Command):
    """Print an expression as the kernel sees memory, whatever mode the machine is in.
Usage: kernel [/FMT] EXPRESSION

In user and supervisor mode plain `print` shows the same. In machine mode, where the firmware
runs and addresses are physical, only this command reaches kernel data."""

    def __init__(self):
        super().__init__("kernel", gdb.COMMAND_DATA, gdb.COMPLETE_EXPRESSION)

    def run(self, argument, from_tty):
        with sight.of_kernel():
            gdb.execute("print " + (argument or "kernel"), from_tty)
