# Messages of the microkernel, by their labels.
# SPDX-License-Identifier: MIT
#
# abi/micro/memory.hpp says what a pager is told and answers; abi/errors.hpp has the errors.
import gdb

from faultline.printing import Parts, Text, printer
from faultline.values.faults import fault_in_words
from faultline.values.rights import letters

DONE, GROW_HEAP = 0, 1
OF_KERNEL = 1 << 63
PAGE_FAULT, NOTICES, EXCEPTION, FAULT_REFUSED, EXITED, TABLE_WANTED = range(OF_KERNEL,
                                                                            OF_KERNEL + 6)
ACCESS = {1: "load", 2: "store", 4: "fetch"}


def _error(label):
    number = 2**64 - label
    for enumerator in gdb.lookup_type("abi::ErrorNumber").fields():
        if enumerator.enumval == number:
            return "error: " + enumerator.name.rsplit("::", 1)[-1]
    return "label %#x" % label


def _in_words(label, words):
    if label in (PAGE_FAULT, TABLE_WANTED):
        name = "page_fault: " if label == PAGE_FAULT else "table_wanted: "
        return name + fault_in_words(ACCESS.get(words[2], "?"), words[0], words[1])
    if label == DONE:
        return "done"
    if label == GROW_HEAP:
        return "grow_heap"
    if label == NOTICES:
        return "notices: %#x" % words[0]
    if label == EXCEPTION:
        return "exception: cause %d at pc %#x, value %#x" % (words[0], words[2], words[1])
    if label == FAULT_REFUSED:
        return "fault_refused: " + fault_in_words(ACCESS.get(words[2], "?"), words[0], words[1])
    if label == EXITED:
        return "exited: status %d" % words[0]
    return _error(label) if label > OF_KERNEL else "label %d" % label


@printer("abi::micro::Message")
def _message(value):
    words = [int(value["words"]["_M_elems"][i]) for i in range(5)]
    return Parts(_in_words(int(value["label"]), words),
                 [("word %d" % i, "%#x" % word) for i, word in enumerate(words)])


@printer("abi::micro::MapItem")
def _item(value):
    return Text("page %#x -> page %#x, %s" % (
        int(value["source"]["number_"]), int(value["destination"]["number_"]),
        letters(int(value["rights"]["bits_"]))))
