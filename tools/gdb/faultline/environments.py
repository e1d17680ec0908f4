# exo's environments in words: number and name, state, and what one that waits waits for.
# SPDX-License-Identifier: MIT
#
# kernels/exo/task.hpp. For spaces.py and the printers. A term of a wait is a word in a frame behind
# a slot of the environment's; in what the processes of ExOS share, it has a name (libos/libos.hpp).
import gdb

from faultline.printing import elements, field, referenced, text_of

NEVER = (1 << 64) - 1
PART_SLOTS = 512  # abi/exo/primitives.hpp
SHARED_PART = 1  # kernels/exo/libos/slots.hpp


def name_of(environment):
    """As its page says; "" where it has none."""
    page = environment["page"]
    if int(page) == 0:
        return ""
    size = min(int(page["name_bytes"]), 100)
    return page["name"]["_M_elems"].string("ascii", "replace", length=size)


def _number(environment):
    return int(field(environment, "id.raw_"))


def in_words(environment):
    return "environment %d, %s" % (
        _number(environment), name_of(environment) or "without a name yet")


def parts_of(bindings):
    """The parts that a binding table was given, by index."""
    nothing = int(gdb.parse_and_eval("(unsigned long) &'BindingTable::nothing_'"))
    return {index: part.dereference() for index, part in enumerate(elements(bindings["parts_"]))
            if int(part) != nothing}


def bound(bindings, slot):
    """What SLOT stands for; None: nothing can stand there."""
    part = parts_of(bindings).get(slot // PART_SLOTS)
    return None if part is None else elements(part)[slot % PART_SLOTS]


# Of a KIND of value, the member that stands OFFSET bytes from the beginning.
def _member_at(kind, offset):
    kind = kind.strip_typedefs()
    if kind.code == gdb.TYPE_CODE_ARRAY:
        size = kind.target().sizeof
        return "[%d]%s" % (offset // size, _member_at(kind.target(), offset % size))
    if kind.code == gdb.TYPE_CODE_STRUCT:
        for member in kind.fields():
            if hasattr(member, "bitpos") and 0 <= offset - member.bitpos // 8 < member.type.sizeof:
                is_named = not member.is_base_class and member.name != "_M_elems"
                return ("." + member.name if is_named else "") + _member_at(
                    member.type, offset - member.bitpos // 8)
    return ""


def _word(word):
    slot, offset = word // 4096, word % 4096
    shared = gdb.lookup_symbol("shared")[0]
    if shared is not None and slot // PART_SLOTS == SHARED_PART:
        return "shared" + _member_at(shared.type, slot % PART_SLOTS * 4096 + offset)
    return "the word at %#x behind slot %d" % (offset, slot)


def term_in_words(term):
    return "%s is not %d" % (_word(int(term["word"])), int(term["value"]))


def _wait(environment):
    terms = elements(environment["page"]["terms"])[:int(environment["terms"])]
    reasons = [term_in_words(term) for term in terms]
    deadline = int(environment["deadline"])
    if deadline != NEVER:
        reasons.append("the time is %d" % deadline)
    return "waits until " + (" or ".join(reasons) or "it is destroyed")


def state_in_words(environment, running):
    """RUNNING: the address of the one that has the processor."""
    state = text_of(environment["state"])
    if int(environment["callee"]):
        return "has called environment %d" % _number(environment["callee"])
    if state == "waiting":
        return _wait(environment)
    if int(environment.address) == running:
        caller = environment["caller"]
        return "runs" + (", called by environment %d" % _number(caller) if int(caller) else "")
    if state == "made":
        return "not started yet"
    return state if int(environment["slices"]) else state + ", but has no slice"


def all_of(kernel):
    return [one for one in elements(kernel["environments"]) if text_of(one["state"]) != "unused"]


def running(kernel):
    return int(referenced(field(kernel, "hart.stack.frame"))["environment"])
