# The first stop of `faultline debug`, and what is said there.
# SPDX-License-Identifier: MIT
#
# Before: the script of tools/faultline/gdb_script.cpp, which loads the symbols, connects and calls
# begin(). What is announced is read from the machine as it stands: the instruction at pc, the
# address that it is about to use, and the page table in force.
"""The first stop of `faultline debug`, and the command next-fault."""

import re

import gdb

LOAD_PAGE_FAULT = 13  # Privileged Architecture, scause
STORE_PAGE_FAULT = 15
SIE, SPIE = 1 << 1, 1 << 5  # sstatus
VALID, READ, WRITE, EXECUTE, USER = 1, 2, 4, 8, 16  # of an Sv39 entry
PAGE = 4096

LOAD = re.compile(r"f?l[bhwd]u?$|lr\.")
STORE = re.compile(r"f?s[bhwd]$|sc\.")
ATOMIC = re.compile(r"amo")
CALL = re.compile(r"jalr?$|call$")
# What user mode may not do, and what no machine has.
ILLEGAL = re.compile(r"(c\.)?unimp$|[ms]ret$|wfi$|sfence|csr|\.|0x")
USER_CSRS = ("rdcycle", "rdtime", "rdinstret")


def number(expression):
    """The value of a register or symbol, as 64 bits."""
    return int(gdb.parse_and_eval(expression)) & (1 << 64) - 1


def symbol(name):
    """The address of a symbol of any image, or None."""
    try:
        return number(f"(unsigned long) &{name}")
    except gdb.error:
        return None


# --- 1. What stands here?


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


def entry_of(address):
    """The Sv39 entry in force for ADDRESS, or 0: walked in physical memory."""
    table = (number("$satp") & (1 << 44) - 1) * PAGE
    inferior = gdb.selected_inferior()
    gdb.execute("maintenance packet Qqemu.PhyMemMode:1", to_string=True)
    try:
        for level in (2, 1, 0):
            index = address >> 12 + 9 * level & 511
            entry = int.from_bytes(inferior.read_memory(table + 8 * index, 8), "little")
            if not entry & VALID or entry & (READ | WRITE | EXECUTE):
                return entry
            table = (entry >> 10 & (1 << 44) - 1) * PAGE
    except gdb.MemoryError:
        pass
    finally:
        gdb.execute("maintenance packet Qqemu.PhyMemMode:0", to_string=True)
    return 0


def page_words(address, need):
    """Why an access of user mode to ADDRESS faults, or None."""
    entry = entry_of(address)
    if not entry & VALID:
        return "no page is mapped"
    if not entry & USER or not entry & need:
        rights = "".join(letter for letter, bit in zip("rwx", (READ, WRITE, EXECUTE)) if entry & bit)
        return f"the page is mapped {rights}" + (" only" if entry & USER else ", for the kernel")
    return None


FAULTS = "stepi takes the page fault, into the kernel, at trap_vector."


def access_words(kind, operands, need):
    place = re.search(r"(-?\d*)\((\w+)\)", operands)  # a comment may follow
    address = number("$" + place[2]) + int(place[1] or 0) & (1 << 64) - 1
    why = page_words(address, need)
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
    fetch = page_words(pc, EXECUTE)
    if fetch is not None:
        return f"The instruction itself is not in memory ({fetch}): {FAULTS}"
    mnemonic, operands = instruction(pc)
    if ATOMIC.match(mnemonic):
        return access_words("load and store", operands, WRITE)
    if LOAD.match(mnemonic):
        return access_words("load", operands, READ)
    if STORE.match(mnemonic):
        return access_words("store", operands, WRITE)
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


# --- 2. Words for a screen of 80 columns


def wrap(text):
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > 79:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return "\n".join(lines)


def say(text):
    gdb.write(wrap(text) + "\n")


NEXT_FAULT = (
    "Next: stepi, or break fault_resolve and continue (or another stage: fault_receive, "
    "fault_dispatch, fault_frame, fault_fill, fault_install, fault_resume); backtrace; "
    "next-fault; quit."
)
NEXT = "Next: stepi, step, break NAME and continue; backtrace; next-fault; quit."


def announce(where):
    say(where)
    if gdb.selected_frame().find_sal().symtab is not None:
        gdb.execute("frame")
    gdb.execute("set trust-readonly-sections on")
    gdb.execute("x/i $pc")
    gdb.execute("set trust-readonly-sections off")
    words = what_is_here()
    say(words)
    say(NEXT_FAULT if FAULTS in words else NEXT)
    if session.reads and number("$pc") != symbol("scenario_fault"):
        say("What the program is to read: type WORDS here, before continue.")


# --- 3. Going there


def is_alive():
    return gdb.selected_inferior().pid != 0


class FaultStop(gdb.Breakpoint):
    """Stops at trap_vector when a load or store of the program has just faulted."""

    def __init__(self, low, high):
        super().__init__("*trap_vector", gdb.BP_HARDWARE_BREAKPOINT, internal=True)
        self.low, self.high = low, high

    def stop(self):
        is_fault = number("$scause") in (LOAD_PAGE_FAULT, STORE_PAGE_FAULT)
        return is_fault and self.low <= number("$sepc") < self.high


def take_back():
    """Puts the hart before the trap that it has just taken: no instruction of the kernel has run.

    The trap moved sstatus.SIE to SPIE, the mode to SPP and pc to sepc (Privileged Architecture,
    "Trap entry"). The instruction will fault again, to the same effect."""
    status = number("$sstatus")
    gdb.execute(f"set $sstatus = {status | SPIE | (SIE if status & SPIE else 0)}")
    pc = number("$sepc")
    gdb.execute("set $priv = 0")
    gdb.execute(f"set $pc = {pc}")
    gdb.execute("maintenance flush register-cache", to_string=True)


def quietly(command):
    """Executes COMMAND without a word of GDB's, of a stop neither; errors are raised all the same."""
    gdb.execute("set suppress-cli-notifications on")
    try:
        gdb.execute(command, to_string=True)
    finally:
        gdb.execute("set suppress-cli-notifications off")


class Session:
    """What begin() was told, and whether the program has faulted yet."""

    def __init__(self, kernel, program, build, slots, keyboard, reads):
        self.kernel, self.program, self.build, self.slots = kernel, program, build, slots
        self.keyboard, self.reads = keyboard, reads and keyboard is not None
        self.more = ""

    def heading(self):
        option = "" if self.build == "release" else f" --build {self.build}"
        return f"{self.program} on {self.kernel}, {self.build} build (addresses of compare{option})."

    def run_to(self, address):
        """True: the machine stands there. Else it is said where it does."""
        stop = gdb.Breakpoint(
            f"*{address:#x}", gdb.BP_HARDWARE_BREAKPOINT, internal=True, temporary=True
        )
        quietly("continue")
        if is_alive() and number("$pc") == address:
            return True
        if stop.is_valid():
            stop.delete()
        self.say_elsewhere("before that instruction was reached")
        return False

    def run_to_fault(self):
        """True: the machine stands before a load or store of the program's that will fault."""
        fault = FaultStop(*self.slots)
        end = gdb.Breakpoint("end_machine", gdb.BP_HARDWARE_BREAKPOINT, internal=True)
        try:
            quietly("continue")
        finally:
            fault.delete()
            end.delete()
        if is_alive() and number("$pc") == symbol("trap_vector"):
            take_back()
            self.more = "more "
            return True
        if is_alive() and gdb.selected_frame().name() == "end_machine":
            say(
                f"{self.program} took no {self.more}page fault of a load or store; the machine is "
                "about to end."
            )
            say("Next: backtrace; quit. With --at-start, debug stops at the first instruction.")
        else:
            self.say_elsewhere("before such a fault")
        return False

    def say_elsewhere(self, when):
        if is_alive():
            say(f"Stopped {when}:")
            gdb.execute("frame")
        else:
            say(f"The machine ended {when}.")


session = None


def begin(kernel, program, build, slots, stop, address=0, keyboard=None, reads=False):
    """Runs to the first stop. STOP: label, start, or fault; ADDRESS: of the first two."""
    global session
    session = Session(kernel, program, build, slots, keyboard, reads)
    gdb.write("\n")
    say(session.heading())
    if stop == "fault":
        if session.run_to_fault():
            announce("Stopped at its first page fault of a load or store, before it is taken:")
    elif session.run_to(address):
        announce(
            "Stopped at its label scenario_fault:"
            if stop == "label"
            else "Stopped at its first instruction:"
        )


class NextFault(gdb.Command):
    """Run on to the program's next page fault of a load or store, and stop before it is taken."""

    def __init__(self):
        super().__init__("next-fault", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        del argument, from_tty
        if session is None or not is_alive():
            raise gdb.GdbError("The machine does not run.")
        if number("$priv") == 0 and FAULTS in what_is_here():
            quietly("stepi")  # this one is behind us, then
        if session.run_to_fault():
            announce("Stopped at a page fault of a load or store, before it is taken:")


class Type(gdb.Command):
    """Type a line at the guest's serial line: type ls /bin. The guest reads it when it runs."""

    def __init__(self):
        super().__init__("type", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        del from_tty
        if session is None or session.keyboard is None:
            raise gdb.GdbError("QEMU has a terminal of its own here: type there.")
        with open(session.keyboard, "w") as keyboard:
            keyboard.write(argument + "\n")


class Quietly(gdb.Command):
    """Run a command and drop what it prints, unless it fails."""

    def __init__(self):
        super().__init__("quietly", gdb.COMMAND_SUPPORT)

    def invoke(self, argument, from_tty):
        del from_tty
        quietly(argument)


def where_in_trap(event):
    """GDB names no function on the trap road ("<signal handler called>"): name it."""
    del event
    try:
        if gdb.parameter("suppress-cli-notifications"):
            return
        frame = gdb.newest_frame()
        if frame.type() != gdb.SIGTRAMP_FRAME:
            return
        name = gdb.execute(f"info symbol {frame.pc():#x}", to_string=True).split(" in section")[0]
        sal = frame.find_sal()
        place = f" at {sal.symtab.fullname()}:{sal.line}" if sal.symtab else ""
        gdb.write(f"In {name}{place}\n")
    except gdb.error:
        pass


def say_the_end():
    """Before a prompt."""
    global session
    if session is not None and not is_alive():
        say("The machine has ended. Next: quit; the same command begins again.")
        session = None


NextFault()
Type()
Quietly()
gdb.events.stop.connect(where_in_trap)
gdb.events.before_prompt.connect(say_the_end)
