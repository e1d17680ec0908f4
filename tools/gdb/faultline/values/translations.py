# Page-table entries and flags in words; address spaces by their root table.
# SPDX-License-Identifier: MIT
#
# arch/riscv/sv39.hpp, arch/riscv/address_space.hpp.
from faultline import sv39
from faultline.printing import Text, Whole, field, printer


@printer("sv39::PteFlags")
def _flags(value):
    entry = sv39.Entry(int(value["raw_"]))
    if not entry.valid:
        return Text("not valid" if entry.raw == 0 else "not valid, raw %#x" % entry.raw)
    return Text(" ".join([entry.rights()] + entry.flags()))


@printer("sv39::Pte")
def _entry(value):
    entry = sv39.Entry(int(value["raw_"]))
    if not entry.valid and entry.raw != 0:
        return Text("not valid, raw %#x" % entry.raw)
    if entry.valid and entry.is_leaf():
        return Text("frame %#x %s" % (entry.frame, entry.in_words()))
    return Text(entry.in_words())


@printer("AddressSpace", "Space")
def _space(value):
    words = "asid %d, root %#x" % (
        int(field(value, "asid_.raw_")), int(field(value, "root_.number_")))
    return Whole(words, value)
