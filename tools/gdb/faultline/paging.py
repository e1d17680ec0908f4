# What satp says, and rights as letters: what is known of paging without a look at any table.
# SPDX-License-Identifier: MIT
#
# sv39.py walks the tables; a lab's kit whose student writes that walk has only this file.

PAGE_SIZE = 4096
MODES = {0: "off", 8: "Sv39", 9: "Sv48", 10: "Sv57"}


def letters(read, write, execute):
    return ("r" if read else "-") + ("w" if write else "-") + ("x" if execute else "-")


class Satp:
    def __init__(self, raw):
        self.mode = raw >> 60
        self.asid = raw >> 44 & 0xFFFF
        self.root = raw & (1 << 44) - 1

    def mode_in_words(self):
        return MODES.get(self.mode, "mode %d" % self.mode)
