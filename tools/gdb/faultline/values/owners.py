# Who it is: process, thread, strand, environment, domain; and address spaces, by their root table.
# SPDX-License-Identifier: MIT
#
# By name where a frame's arguments are shown: all members would be a page. A place in a table that
# nobody has is "unused".
from faultline import environments
from faultline.printing import Parts, Text, Whole, field, printer, text_of


def _has(value, name):
    return any(member.name == name for member in value.type.strip_typedefs().fields())


def _owner(value, words):
    return Text("unused") if text_of(value["state"]) == "unused" else Whole(words, value)


# monolithic: a process, of the kernel's or of services/unix.
@printer("Process", "unix::Process")
def _process(value):
    return _owner(value, "process %d" % int(field(value, "id.raw_")))


# monolithic: a kernel thread, which has a process or not; micro: the thread itself.
@printer("Thread")
def _thread(value):
    if _has(value, "name"):
        return _owner(value, text_of(value["name"]))
    return Whole("kernel thread %d" % int(field(value, "client.number_")), value)


@printer("Strand")
def _strand(value):
    return _owner(value, text_of(value["name"]))


@printer("Environment")
def _environment(value):
    return _owner(value, environments.in_words(value))


# exo: what an environment may name, by parts; `bindings.at(SLOT)` is one of it (indexing.py).
@printer("BindingTable")
def _bindings(value):
    parts = environments.parts_of(value)
    return Parts("%d of %d parts" % (len(parts), value["parts_"].type.sizeof // 8), [
        ("part %d" % index, "at %#x" % int(part.address)) for index, part in parts.items()])


# exo: what everybody may read about a frame.
@printer("abi::exo::FrameRecord")
def _frame_record(value):
    owner = int(value["owner"])
    whose = {0: "nobody's", 0xFFFF: "the kernel's"}.get(owner, "environment %d's" % owner)
    return Text("%s, epoch %d, %d pins, %d bindings, %d mappings" % (whose, *(
        int(value[name]) for name in ("epoch", "pins", "bindings", "mappings"))))


@printer("vm::Space")
def _space(value):
    return _owner(value, "...")


# spin: a strand's or domain's own copy.
@printer("Name")
def _name(value):
    characters = value["text_"]["_M_elems"]
    return Text('"%s"' % characters.string("ascii", "replace", length=int(value["length_"])))


@printer("Domain")
def _domain(value):
    return Whole(text_of(value["name_"]), value)


# arch/riscv/address_space.hpp
@printer("AddressSpace", "Space")
def _address_space(value):
    words = "asid %d, root %#x" % (
        int(field(value, "asid_.raw_")), int(field(value, "root_.number_")))
    return Whole(words, value)
