# Puts everything in place, once.
# SPDX-License-Identifier: MIT
from importlib import import_module
from importlib.util import find_spec

import gdb

from faultline import (
    indexing, kernel_command, language, printing, quiet, sight, spaces_command, stop)
from faultline.values import (  # each enters its printers in printing's table
    capabilities, containers, faults, messages, numbers, owners, registers, results)

# What reads page tables is not in the kit of a lab whose student writes that.
PAGE_TABLES = ("faultline.page_table_command", "faultline.values.translations")

printing.install()
indexing.install()
language.install()
sight.install()
for name in PAGE_TABLES:
    if find_spec(name):
        import_module(name)
spaces_command.SpacesCommand()
kernel_command.KernelCommand()
quiet.Quietly()
stop.install()

# A kernel's state is one struct: larger than what GDB would fetch, and on one line unreadable.
gdb.execute("set max-value-size unlimited")
gdb.execute("set print pretty on")
gdb.execute("set print static-members off")

# On a busy machine QEMU answers late, and GDB would ask again and take the answers for others.
gdb.execute("set remotetimeout 30")
