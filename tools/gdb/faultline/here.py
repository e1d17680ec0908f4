# What stands at the pc, and what one step from there does, in words.
# SPDX-License-Identifier: MIT
#
# For stop.py. Read from the machine as it stands: the instruction, the address that it is about to
# use, and the page table in force.
import re

import gdb

try:
    from faultline.access import why_it_faults
except ModuleNotFoundError:  # a lab's kit: the walk through the tables is what its student writes
    why_it_faults = None

LOAD = re.compile(r"f?l[bhwd]u?$|lr\.")
STORE = re.compile(r"f?s[bhwd]$|sc\.")
ATOMIC = re.compile(r"amo")
CALL = re.compile(r"jalr?$|call$")
# What user mode may not do, and what no machine has.
ILLEGAL = re.compile(r"(c\.)?unimp$|[ms]ret$|wfi$|sfence|csr|\.|0x")


def number(expression):
    """The value of a register or symbol, as 64 bits."""
    return int(gdb.parse_and_eval(expression)) & (1 << 64) - 1


def symbol(name):
    """The address of a symbol of any image, or None."""
    try:
        return number(f"(unsigned long) &{name}")
    except gdb.error:
        return None


def instruction(pc):
    """Mnemonic and operands; from the file, for the page itself may not be in memory yet."""
    gdb.execute("set trust-readonly-sections on")
    try:
        text = gdb.selected_frame().architecture().disassemble(pc)[0]["asm"]
    except gdb.MemoryError:
        return "", ""
    finally:
        gdb.execute("set trust-readonly-sections off")
    mnemonic, _, operands = text.partition("\t")
    return mnemonic, operands


FAULTS = "stepi takes the page fault, into the kernel, at trap_vector."


def access_words(kind, operands, need):
    place = re.search(r"(-?\d*)\((\w+)\)", operands)  # a comment may follow
    address = number("$" + place[2]) + int(place[1] or 0) & (1 << 64) - 1
    if why_it_faults is None:
        return f"A {kind} at {address:#x}. Does it fault? stepi tells: trap_vector is the kernel."
    why = why_it_faults(address, need)
    if why is None:
        return f"A {kind} at {address:#x}. Its page is there: this time it does not fault."
    return f"A {kind} at {address:#x}, where {why}: {FAULTS}"


def far_target(pc):
    """Where `auipc` and `jalr` lead that stand at PC, as `call` makes them; None for others."""
    base, upper = instruction(pc)[1].split(",")
    far = re.match(r"(?:ra,)?(-?\d+)\((\w+)\)", instruction(pc + 4)[1])
    if far is None or far[2] != base:
        return None
    upper = int(upper, 16) << 12
    return pc + upper - (1 << 32 if upper >> 31 else 0) + int(far[1])


def call_words(target):
    name = ""
    if target is not None:
        # "NAME in section S of FILE", or "NAME + N ..." within one, or that there is none.
        found = gdb.execute(f"info symbol {target:#x}", to_string=True).split()
        if found[0] == "library_table":  # of jumps, one a call (abi/library_table.S)
            name = " of " + re.search(r"<(\w+)", instruction(target)[1])[1]
        else:
            name = f" of {found[0]}" if found[1] == "in" else f" to {target:#x}"
    return f"A call{name}, no fault: step goes into it, finish comes back."


def what_is_here():
    """One or two sentences on the instruction at pc, all of them true of this very execution."""
    pc = number("$pc")
    fetch = why_it_faults(pc, "execute") if why_it_faults else None
    if fetch is not None:
        return f"The instruction itself is not in memory ({fetch}): {FAULTS}"
    mnemonic, operands = instruction(pc)
    if ATOMIC.match(mnemonic):
        return access_words("load and store", operands, "write")
    if LOAD.match(mnemonic):
        return access_words("load", operands, "read")
    if STORE.match(mnemonic):
        return access_words("store", operands, "write")
    if mnemonic == "ecall":
        return "A system call: stepi goes into the kernel, at trap_vector."
    if mnemonic == "ebreak":
        return "A breakpoint exception: stepi goes into the kernel, at trap_vector."
    if ILLEGAL.match(mnemonic):
        return (
            "An illegal instruction, no page fault. The firmware takes it first (M-mode, no "
            "symbols; stepi goes there) and hands it on. To stop where the kernel gets it: "
            "thbreak trap_vector, then continue."
        )
    if number("$pc") == symbol("scenario_fault") and symbol("scenario_end"):
        return (
            "No fault: here begins the stretch up to scenario_end, in which a device interrupts "
            "the program. To stop there: thbreak on_device, then continue."
        )
    if mnemonic == "auipc" and CALL.match(instruction(pc + 4)[0]):
        return call_words(far_target(pc))
    if CALL.match(mnemonic):
        near = re.match(r"(?:ra,)?(0x[0-9a-f]+) ?", operands)
        return call_words(int(near[1], 16) if near else None)
    return "No load, store, call or system call: nothing traps here by itself."
