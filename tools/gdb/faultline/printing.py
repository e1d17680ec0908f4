# How values are printed: a table of printers by type, and what they share.
# SPDX-License-Identifier: MIT
#
# A printer is a function from a value to what GDB calls a pretty-printer, made here:
#   Text(words)               one line in words
#   Parts(words, members)     words, then named members
#   Whole(words, value)       words where GDB asks for a summary, else all members as GDB shows them
# GDB asks for a summary where it prints the arguments of a frame. There a struct without a printer
# is "...", and members are left out; words are shown. References count as what they refer to.
import gdb

_printers = {}  # by the type's name, without template arguments


# Enters FUNCTION, which takes a value, for the types of these NAMES.
def printer(*names):
    def enter(function):
        for name in names:
            _printers[name] = function
        return function
    return enter


# Known only while GDB prints: a printer's function is called before.
def _in_summary():
    return gdb.print_options().get("summary", False)


class Text:
    def __init__(self, words):
        self._words = words

    def to_string(self):
        return self._words


class Parts:
    def __init__(self, words, members, hint=None):
        self._words, self._members, self._hint = words, members, hint

    def to_string(self):
        return self._words

    def children(self):
        return iter(() if _in_summary() and self._words is not None else self._members)

    def display_hint(self):
        return self._hint


class Whole:
    def __init__(self, words, value, members=None):
        self._words, self._value, self._members = words, value, members

    def to_string(self):
        return self._words if _in_summary() else None

    def children(self):
        if _in_summary():
            return iter(())
        return iter(_members(self._value) if self._members is None else self._members)


def _members(value):
    for member in value.type.strip_typedefs().fields():
        if hasattr(member, "bitpos"):  # not static
            name = "<%s>" % member.name if member.is_base_class else member.name
            yield name, value[member]


# The member at a PATH such as "space.pager_", through pointers and references. "": VALUE itself.
def field(value, path):
    for name in path.split(".") if path else []:
        value = referenced(value)[name]
    return referenced(value)


# Of a std::array, all of them.
def elements(array):
    array = array["_M_elems"]
    first, last = array.type.strip_typedefs().range()
    return [array[i] for i in range(first, last + 1)]


def referenced(value):
    while value.type.strip_typedefs().code in (gdb.TYPE_CODE_REF, gdb.TYPE_CODE_RVALUE_REF,
                                               gdb.TYPE_CODE_PTR):
        value = (value.dereference() if value.type.strip_typedefs().code == gdb.TYPE_CODE_PTR
                 else value.referenced_value())
    return value


# What GDB prints for VALUE, without a word of where it stands. Enumerators lose their scope.
def text_of(value):
    words = value.format_string(summary=True)
    if value.type.strip_typedefs().code == gdb.TYPE_CODE_ENUM:
        return words.rsplit("::", 1)[-1]
    return words.strip('"')


# The number that VALUE is as an address: of an integer, a pointer, a VirtAddr, PhysAddr or Page; of
# a function or an array, where it begins.
def address_of(value):
    if value.type.strip_typedefs().code in (gdb.TYPE_CODE_REF, gdb.TYPE_CODE_RVALUE_REF):
        value = value.referenced_value()
    name = _name(value.type)
    if name in ("VirtAddr", "PhysAddr"):
        return int(value["raw_"])
    if name == "Page":
        return int(value["number_"]) << 12
    code = value.type.strip_typedefs().code
    if code in (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_UNION):
        raise gdb.GdbError("A %s is no address; & gives where it stands." % value.type)
    if code in (gdb.TYPE_CODE_FUNC, gdb.TYPE_CODE_ARRAY):
        value = value.address
    return int(value) & (2**64 - 1)


def _name(kind):
    name = kind.unqualified().strip_typedefs().name
    return None if name is None else name.split("<")[0]


def _find(value):
    if value.type.strip_typedefs().code in (gdb.TYPE_CODE_REF, gdb.TYPE_CODE_RVALUE_REF):
        try:
            value = value.referenced_value()
        except gdb.error:
            return None
    name = _name(value.type)
    function = _printers.get(name)
    if function is None:
        return None
    try:
        return function(value)
    except gdb.error:
        return None  # GDB says itself that the value cannot be read, or is optimised out


# Before what others registered, such as libstdc++'s printers.
def install():
    _find.name = "faultline"
    gdb.pretty_printers.insert(0, _find)
