# Puts everything in place, once.
# SPDX-License-Identifier: MIT
import gdb

from faultline import kernel_command, language, sight

language.install()
sight.install()
kernel_command.KernelCommand()

# A kernel's state is one struct: larger than what GDB would fetch, and on one line unreadable.
gdb.execute("set max-value-size unlimited")
gdb.execute("set print pretty on")
gdb.execute("set print static-members off")
