# Who it is: process, thread, strand, environment, domain; and address spaces, by their root table.
# SPDX-License-Identifier: MIT
#
# By name where a frame's arguments are shown: all members would be a page. A place in a table that
# nobody has is "unused".
from faultline.printing import Text, Whole, field, printer, text_of


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


@printer("Strand", "Environment")
def _named(value):
    return _owner(value, text_of(value["name"]))


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
