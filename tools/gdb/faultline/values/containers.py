# The standard library's containers that the tree uses: array, span, string_view.
# SPDX-License-Identifier: MIT
#
# libstdc++ brings printers of its own, but no RISC-V image makes GDB load them.
import gdb

from faultline.printing import Parts, Text, printer, referenced

MOST_SHOWN = 16  # elements of a span
MOST_TEXT = 200  # bytes of a text


# Where the elements of an array or span begin, and how many there are.
def elements_of(container):
    container = referenced(container)
    if container.type.strip_typedefs().name.startswith("std::span<"):
        return container["_M_ptr"], _extent(container)
    elements = container["_M_elems"]
    kind = elements.type.strip_typedefs()
    if kind.code != gdb.TYPE_CODE_ARRAY:  # of none
        return gdb.Value(0).cast(kind.pointer()), 0
    first = elements[0].address
    return first, kind.sizeof // kind.target().strip_typedefs().sizeof


@printer("std::array")
def _array(value):
    elements = value["_M_elems"]
    kind = elements.type.strip_typedefs()
    if kind.code != gdb.TYPE_CODE_ARRAY:
        return Text("{}")
    if _is_bytes(kind.target()):
        return Text("%d bytes" % kind.sizeof)
    if kind.target().strip_typedefs().sizeof == 1 and _is_text(kind.target()):
        return Text(_quoted(bytes(int(elements[i]) & 255 for i in range(kind.sizeof))
                            .rstrip(b"\0")))
    return Parts(None, _with_repeats(elements, kind), "array")


# The elements; of a long row of equal ones the first, and how often it comes again.
def _with_repeats(elements, kind):
    least = gdb.print_options()["repeat_threshold"] or kind.sizeof
    pieces = _pieces(elements, kind)
    at = 0
    while at < len(pieces):
        end = at + 1
        while end < len(pieces) and pieces[end] == pieces[at]:
            end += 1
        if end - at <= least:
            end = at + 1
        yield "[%d]" % at, elements[at]
        if end > at + 1:
            yield "[%d]" % (at + 1), "<repeats %d more times>" % (end - at - 1)
        at = end


# Each element's bytes; where they do not lie in memory, their numbers, so that none are equal.
def _pieces(elements, kind):
    size = kind.target().strip_typedefs().sizeof
    if elements.address is None:
        return list(range(kind.sizeof // size))
    data = bytes(gdb.selected_inferior().read_memory(int(elements.address), kind.sizeof))
    return [data[at:at + size] for at in range(0, len(data), size)]


def _is_text(kind):
    return kind.unqualified().strip_typedefs().name == "char"


def _quoted(text):
    return '"%s"' % "".join(
        chr(c) if 32 <= c < 127 and c not in b'"\\' else "\\x%02x" % c for c in text)


def _is_bytes(kind):
    return kind.unqualified().strip_typedefs().name == "std::byte"


def _extent(value):
    extent = value["_M_extent"]
    if any(member.name == "_M_extent_value" for member in extent.type.fields()):
        return int(extent["_M_extent_value"])
    return int(value.type.strip_typedefs().template_argument(1))


@printer("std::span")
def _span(value):
    start, count = value["_M_ptr"], _extent(value)
    element = start.type.strip_typedefs().target()
    if _is_bytes(element):
        return Text("%d bytes at %#x" % (count, int(start)))
    words = "%d x %s at %#x" % (count, element.unqualified(), int(start))
    if count > MOST_SHOWN:
        return Text(words)
    return Parts(words, [("[%d]" % i, (start + i).dereference()) for i in range(count)])


@printer("std::basic_string_view")
def _string_view(value):
    start, size = value["_M_str"], int(value["_M_len"])
    if size == 0:
        return Text('""')
    try:
        text = bytes(gdb.selected_inferior().read_memory(int(start), min(size, MOST_TEXT)))
    except gdb.MemoryError:
        return Text("%d bytes at %#x, which cannot be read" % (size, int(start)))
    return Text(_quoted(text) + ("..." if size > MOST_TEXT else ""))
