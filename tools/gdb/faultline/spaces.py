# The address spaces that there are, and whose they are, in each kernel.
# SPDX-License-Identifier: MIT
#
# Each kernel keeps them where its structure says; here is the one place that knows where.
import os

import gdb

from faultline import environments, paging
from faultline.printing import elements, field, text_of


class Space:
    # STATE: what the owner does, where that is the kernel's to say of a space's owner.
    def __init__(self, asid, root, owner, state=None):
        self.asid, self.root, self.owner, self.state = asid, root, owner, state

    def in_words(self):
        return "the space of %s: asid %d, root table at %#x" % (
            self.owner, self.asid, self.root * paging.PAGE_SIZE)


# The one that VALUE, an AddressSpace of the tree's, is.
def _space(value, owner, state=None):
    return Space(int(field(value, "asid_.raw_")), int(field(value, "root_.number_")), owner, state)


# A process as services/unix knows it.
def _process_in_words(unix):
    name = unix["name"]["_M_elems"].string("ascii", "replace").rstrip("\0")
    return "process %d, %s" % (int(field(unix, "id.raw_")), name)


# Processes are services/unix's, under the same index as the kernel's own.
def _monolithic(kernel):
    known = elements(field(kernel, "system.processes_.processes_"))
    owners = {}
    for process, unix in zip(elements(kernel["processes"]), known):
        space = process["space"]["_M_payload"] # std::optional
        if space["_M_engaged"] and text_of(unix["state"]) != "unused":
            owners[int(field(space, "_M_payload._M_value.raw_"))] = _process_in_words(unix)
    for number, space in enumerate(elements(field(kernel, "memory.translations.spaces_"))):
        if int(space["tables_"]) != 0:
            yield _space(space, owners.get(number, "nobody yet (an exec is building it)"))


def _micro(kernel):
    threads = [thread for thread in elements(kernel["threads"])
               if text_of(thread["state"]) != "unused"]
    for space in elements(kernel["spaces"]):
        if int(space["token"]) % 2 == 0: # it is none now
            continue
        names = [text_of(thread["name"]) for thread in threads
                 if int(thread["space"]) == int(space.address)]
        owner = "thread " + " and ".join(names) if names else "no thread yet"
        pager = elements(space["ranges"])[0]["pager"]
        if int(field(pager, "rights.bits_")) != 0:
            owner += ", paged by " + text_of(pager["receiver"]["name"])
        yield _space(space, owner)


# Whose program runs in the space of that number, which the strands of these numbers have, as the
# extension unix knows it, which keeps a process under its strand's number; None: it is not unix's,
# or unix is not there.
def _spin_process(number, strands):
    symbol = gdb.lookup_global_symbol("personality")
    if symbol is None:
        return None
    unix = symbol.value()
    place = int(elements(unix["by_space"])[number])
    if place not in strands:
        return None
    process = elements(unix["processes"])[place]
    index = int(field(process, "number.number_"))
    known = elements(field(unix, "system.processes_.processes_"))[index]
    if not process["space"]["_M_payload"]["_M_engaged"] or text_of(known["state"]) == "unused":
        return None
    return _process_in_words(known)


def _spin(kernel):
    strands = {number: strand for number, strand in enumerate(elements(kernel["strands"]))
               if text_of(strand["state"]) != "unused"}
    for number, space in enumerate(elements(kernel["spaces"])):
        if not space["is_used_"]:
            continue
        holders = {at: text_of(strand["name"]) for at, strand in strands.items()
                   if int(strand["space"]) == int(space.address)}
        owner = _spin_process(number, holders) if holders else "no strand yet"
        owner = owner or "strand " + " and ".join(holders.values())
        handler = field(space, "events.page_not_present.bindings_")
        pager = elements(handler)[0]["domain"]
        if int(pager) != 0:
            owner += ", paged by extension " + text_of(pager["name_"])
        yield _space(space, owner)


def _exo(kernel):
    running = environments.running(kernel)
    for environment in environments.all_of(kernel):
        yield _space(environment["space"], environments.in_words(environment),
                     environments.state_in_words(environment, running))


KERNELS = {"monolithic": _monolithic, "micro": _micro, "spin": _spin, "exo": _exo}


# All of them, in the order in which the kernel keeps them.
def all_spaces():
    image = os.path.basename(gdb.current_progspace().filename or "")
    lister = KERNELS.get(image.split(".")[0].split("-")[0])
    symbol = gdb.lookup_global_symbol("kernel")
    if lister is None or symbol is None:
        raise gdb.GdbError("%s is none of the kernels whose address spaces are known."
                           % (image or "No image"))
    return list(lister(symbol.value()))


# The one that SATP puts in force; None: none.
def in_force(satp):
    if satp.mode == 0:
        return None
    if satp.mode != 8:
        raise gdb.GdbError("satp says %s, not Sv39." % satp.mode_in_words())
    try:
        known = [space for space in all_spaces() if space.root == satp.root]
    except (gdb.error, gdb.GdbError):  # an image that is no kernel, or no kernel yet
        known = []
    return known[0] if known else Space(satp.asid, satp.root, "the kernel alone")


# The space that WORD names: a number of `spaces`, or an expression.
def named(word):
    if word.isdigit():
        spaces = all_spaces()
        if int(word) >= len(spaces):
            raise gdb.GdbError("There is no space %s; `spaces` lists them." % word)
        return spaces[int(word)]
    value = gdb.parse_and_eval(word)
    for path in ("", "space"):
        try:
            return _space(field(value, path), word)
        except (gdb.error, KeyError):
            continue
    raise gdb.GdbError("%s has no page table of its own." % word)
