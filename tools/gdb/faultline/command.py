# A command of the tree's: what GDB cannot do for it is said as GDB says it of its own commands.
# SPDX-License-Identifier: MIT
import gdb


class Command(gdb.Command):
    def invoke(self, argument, from_tty):
        try:
            self.run(argument, from_tty)
        except gdb.error as why:  # else GDB speaks of Python
            raise gdb.GdbError(str(why))
