# Page-table entries and flags in words.
# SPDX-License-Identifier: MIT
#
# arch/riscv/sv39.hpp.
from faultline import sv39
from faultline.printing import Text, printer


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
