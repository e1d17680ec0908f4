# `pt VA [SPACE]`: an address's way through the page tables.
# SPDX-License-Identifier: MIT
#
# By physical memory, so that neither the mode that the machine is in nor what it maps matters.
import gdb

from faultline import machine, paging, sight, spaces, sv39
from faultline.command import Command
from faultline.printing import address_of


def _read_entry(place):
    return int.from_bytes(machine.read_physical(place, 8), "little")


# The lines that say where a walk ended.
def _end(address, step):
    fault = step.entry.fault_at(step.level)
    if not step.entry.valid:
        return "Not mapped: the walk ends at level %d." % step.level
    if fault:
        return "A page fault at level %d: %s." % (step.level, fault)
    where = sv39.physical(address, step)
    return "Mapped by a %s: physical %#x, in frame %#x." % (
        sv39.PAGES[step.level], where, where // paging.PAGE_SIZE)


def _print_walk(address, root):
    step = None
    for step in sv39.walk(address, root, _read_entry):
        gdb.write("level %d  [%3d]  %#x: %#018x  %s\n" % (
            step.level, step.index, step.address, step.entry.raw, step.entry.in_words()))
    gdb.write(_end(address, step) + "\n")


class PageTableCommand(Command):
    """Walk the page tables (Sv39) for a virtual address, level by level.
Usage: pt ADDRESS [SPACE]

Each line is one table: the entry's index, where the entry stands in physical memory, its
value, and what that says: not valid, a table further down, or a page with its rights
(r, w, x) and flags. The last line says where the address is mapped, or at which level the
walk ends.

ADDRESS is an expression: a number, a pointer, or a VirtAddr or Page of the tree's.
SPACE is a number that `spaces` shows, or an expression for something that has an address
space (a Space, Thread, Strand or Environment). Without it, the space in force is walked:
that of satp. An expression with blanks stands in quotes.

It works in every mode, and for addresses that cannot be accessed."""

    def __init__(self):
        super().__init__("pt", gdb.COMMAND_DATA, gdb.COMPLETE_EXPRESSION)

    def run(self, argument, from_tty):
        words = gdb.string_to_argv(argument)
        if len(words) not in (1, 2):
            raise gdb.GdbError("Usage: pt ADDRESS [SPACE]; `help pt` says more.")
        satp = paging.Satp(machine.read_register("satp"))
        with sight.of_kernel():
            address = address_of(gdb.parse_and_eval(words[0]))
            space = spaces.named(words[1]) if len(words) == 2 else spaces.in_force(satp)
        if space is None:
            gdb.write("satp is 0: nothing is translated, %#x is physical.\n" % address)
            return
        gdb.write("%#x in %s\n" % (address, space.in_words()))
        if not sv39.is_canonical(address):
            gdb.write("Not canonical: bits 63..39 differ from bit 38, so every access faults\n"
                      "before any table is read.\n")
            return
        _print_walk(address, space.root)


PageTableCommand()
