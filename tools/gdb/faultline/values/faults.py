# A fault, and what the virtual memory service found out about it.
# SPDX-License-Identifier: MIT
#
# lib/fault.hpp, services/vm/resolution.hpp, kernels/spin/interface/.
from faultline.printing import Parts, Text, field, printer, text_of


def fault_in_words(access, address, pc):
    return "%s at %#x by pc %#x" % (access, address, pc)


@printer("Fault")
def _fault(value):
    if int(value["access"]) == 0:
        return Text("none yet")
    return Text(fault_in_words(text_of(value["access"]), int(field(value, "address.raw_")),
                               int(field(value, "pc.raw_"))))


@printer("spin::PageNotPresent")
def _event(value):
    return Parts(value["fault"].format_string(), [("context", value["context"]),
                                                  ("fault", value["fault"])])


# Members that mean something only with some supplies.
ONLY_WITH = {"source": ("copy",), "slot": ("swap",), "file": ("file", "shared", "reuse")}


@printer("vm::Resolution")
def _resolution(value):
    supply = text_of(value["supply"])
    words = "page %#x, %s, from %s" % (
        int(field(value, "page.number_")), value["rights"].format_string(), supply)
    members = [(member.name, value[member]) for member in value.type.fields()
               if supply in ONLY_WITH.get(member.name, (supply,))]
    return Parts(words, members)
