# `spaces`: the address spaces and their owners.
# SPDX-License-Identifier: MIT
import gdb

from faultline import machine, paging, sight, spaces
from faultline.command import Command


class SpacesCommand(Command):
    """List the address spaces, with the table that each begins with and whose it is.
Usage: spaces

The one in force (that of satp) is marked with *. `pt ADDRESS NUMBER` walks another one.
On exo, where a space is an environment's and its asid is the environment's number, it also
says which one runs, and what others wait for."""

    def __init__(self):
        super().__init__("spaces", gdb.COMMAND_STATUS)

    def run(self, argument, from_tty):
        satp = paging.Satp(machine.read_register("satp"))
        try:
            with sight.of_kernel():
                known = spaces.all_spaces()
        except gdb.MemoryError:
            raise gdb.GdbError("The kernel has not begun: nothing is translated yet.")
        gdb.write("   number  asid  root table  owner\n")
        for number, space in enumerate(known):
            in_force = satp.mode != 0 and satp.root == space.root
            gdb.write("%s  %6d  %4d  %#10x  %s\n" % (
                "*" if in_force else " ", number, space.asid, space.root * paging.PAGE_SIZE,
                space.owner + (": " + space.state if space.state else "")))
        if satp.mode == 0:
            gdb.write("Nothing is translated now: satp is 0.\n")
        elif all(satp.root != space.root for space in known):
            gdb.write("* is the kernel's own, at %#x: it maps no program.\n"
                      % (satp.root * paging.PAGE_SIZE))
