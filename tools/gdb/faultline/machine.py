# The machine as QEMU's stub gives it: registers and physical memory, past all that GDB remembers.
# SPDX-License-Identifier: MIT
import gdb

USER, SUPERVISOR, MACHINE = 0, 1, 3  # the stub's register `priv`, bits 1..0


def connection():
    found = gdb.selected_inferior().connection
    return found if isinstance(found, gdb.RemoteTargetConnection) else None


# The stub's answer to TEXT, as text.
def packet(text):
    stub = connection()
    if stub is None:
        raise gdb.GdbError("No machine is connected.")
    answer = stub.send_packet(text)
    return "" if answer is None else answer.decode("ascii")


def is_connected():
    return connection() is not None


_numbers = {}


# The number by which the stub knows register NAME; its table says.
def _number(name):
    if not _numbers:
        table = gdb.execute("maintenance print remote-registers", to_string=True)
        for line in table.splitlines():
            words = line.split()
            if len(words) > 6 and words[-2].isdigit():
                _numbers[words[0]] = int(words[-2])
    if name not in _numbers:
        raise gdb.GdbError("This stub has no register %s." % name)
    return _numbers[name]


def read_register(name):
    answer = packet("p%x" % _number(name))
    if answer.startswith("E") or not answer:
        raise gdb.GdbError("The stub does not tell register %s." % name)
    return int.from_bytes(bytes.fromhex(answer), "little")


# GDB does not hear of it: what it has read before, it goes on to show.
def write_register(name, value):
    data = value.to_bytes(8, "little").hex()
    if packet("P%x=%s" % (_number(name), data)) != "OK":
        raise gdb.GdbError("The stub does not set register %s." % name)


# SIZE bytes of physical memory at ADDRESS.
def read_physical(address, size):
    if packet("Qqemu.PhyMemMode:1") != "OK":
        raise gdb.GdbError("This stub has no physical-memory mode: it is not QEMU's.")
    try:
        answer = packet("m%x,%x" % (address, size))
    finally:
        packet("Qqemu.PhyMemMode:0")
    if len(answer) != 2 * size:
        raise gdb.GdbError("There is no physical memory at %#x." % address)
    return bytes.fromhex(answer)
