# Addresses, pages and frames in hex; other numbers that name things as they are.
# SPDX-License-Identifier: MIT
#
# lib/address.hpp, lib/number.hpp.
from faultline.printing import Parts, Text, printer


@printer("PhysAddr", "VirtAddr")
def _address(value):
    return Text("%#x" % int(value["raw_"]))


# By number, as everywhere in the tree: the address is 4096 times that.
@printer("Page", "Frame")
def _number(value):
    return Text("%#x" % int(value["number_"]))


@printer("FrameRange", "vm::PageRange")
def _range(value):
    return Text("%#x .. below %#x" % (int(value["first"]["number_"]), int(value["end"]["number_"])))


@printer("PhysRange")
def _bytes(value):
    return Text("%#x .. below %#x" % (int(value["start"]["raw_"]), int(value["end"]["raw_"])))


@printer("Number", "block::BlockNumber", "sv39::Asid", "abi::micro::CapSlot", "EnvironmentId",
         "unix::ExitStatus")
def _name(value):
    return Text(str(int(value["raw_"])))


@printer("Index", "Epoch", "unix::Event")
def _index(value):
    return Text(str(int(value["number_"])))


@printer("vm::Record")
def _record(value):
    raw = int(value["raw_"])
    kind = {0: "absent", 1: "resident in frame %d", 2: "swapped to slot %d", 3: "node %d"}[raw & 3]
    return Text(kind % (raw >> 32) if raw & 3 else kind)


# Where a heap is, as a whole line.
@printer("vm::Heap")
def _heap(value):
    return Parts(None, [(name, value[name]) for name in ("start", "end", "limit")])
