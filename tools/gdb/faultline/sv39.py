# Sv39 as the machine walks it: what an entry says, and the way of an address through three tables.
# SPDX-License-Identifier: MIT
#
# RISC-V Privileged Architecture, "Sv39: Page-Based 39-bit Virtual-Memory System". Nothing here
# speaks to GDB; arch/riscv/sv39.hpp is the same for the kernels.

from faultline.paging import PAGE_SIZE, letters

PAGES = {0: "4 KiB page", 1: "2 MiB superpage", 2: "1 GiB superpage"}


class Entry:
    def __init__(self, raw):
        self.raw = raw
        self.valid, self.read, self.write, self.execute = (bool(raw >> i & 1) for i in range(4))
        self.is_user, self.is_global, self.accessed, self.dirty = (
            bool(raw >> i & 1) for i in range(4, 8))
        self.software = raw >> 8 & 3
        self.frame = raw >> 10 & (1 << 44) - 1
        self.above = raw >> 54  # Svnapot, Svpbmt and what is reserved

    def is_leaf(self):
        return self.read or self.write or self.execute

    def rights(self):
        return letters(self.read, self.write, self.execute)

    def flags(self):
        words = [word for word, is_set in (
            ("user", self.is_user), ("global", self.is_global),
            ("accessed", self.accessed), ("dirty", self.dirty)) if is_set]
        if self.software:
            words.append("software %d" % self.software)
        return words

    # Why the machine does not follow a valid entry that it finds at LEVEL; None: it does.
    def fault_at(self, level):
        if self.above:
            return "bits 63..54 are not zero"
        if self.write and not self.read:
            return "writable and not readable is reserved"
        if not self.is_leaf():
            if level == 0:
                return "a table below the last level"
            if self.is_user or self.accessed or self.dirty:
                return "a table's user, accessed and dirty bits are reserved"
        elif self.frame & ((1 << 9 * level) - 1):
            return "a superpage's frame is not aligned"
        return None

    def in_words(self):
        if not self.valid:
            return "not valid" if self.raw == 0 else "not valid (the rest is software's)"
        if self.is_leaf():
            return " ".join([self.rights()] + self.flags())
        return " ".join(["table at %#x" % (self.frame * PAGE_SIZE)] + self.flags())


# One step of a walk: where the entry stands, and what it is.
class Step:
    def __init__(self, level, index, address, entry):
        self.level, self.index, self.address, self.entry = level, index, address, entry


def is_canonical(address):
    return address >> 38 in (0, (1 << 26) - 1)


# The steps of ADDRESS from the table in frame ROOT, as far as the machine goes.
# READ_ENTRY(physical address) tells an entry's 64 bits.
def walk(address, root, read_entry):
    table = root
    for level in (2, 1, 0):
        index = address >> (12 + 9 * level) & 511
        place = table * PAGE_SIZE + 8 * index
        entry = Entry(read_entry(place))
        yield Step(level, index, place, entry)
        if not entry.valid or entry.fault_at(level) or entry.is_leaf():
            return
        table = entry.frame


# Where ADDRESS lies physically, by the leaf that STEP found.
def physical(address, step):
    size = PAGE_SIZE << 9 * step.level
    return step.entry.frame * PAGE_SIZE + address % size
