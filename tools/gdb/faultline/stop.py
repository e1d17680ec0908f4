# The first stop of `faultline debug`, what is said there, and the commands next-fault and type.
# SPDX-License-Identifier: MIT
#
# Before: the script of tools/faultline/gdb_script.cpp, which loads the symbols, connects and calls
# begin(). What stands at the stop is told by here.py.
import gdb

from faultline.command import Command
from faultline.here import FAULTS, number, symbol, what_is_here
from faultline.quiet import quietly

LOAD_PAGE_FAULT = 13  # Privileged Architecture, scause
STORE_PAGE_FAULT = 15
SIE, SPIE = 1 << 1, 1 << 5  # sstatus


# Lines for a screen of 80 columns.
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


def run_on():
    """Runs to the next breakpoint, to a panic of whatever image, or to the machine's end."""
    panics = gdb.Breakpoint("panic", gdb.BP_HARDWARE_BREAKPOINT, internal=True)
    try:
        quietly("continue")
    except gdb.error:  # QEMU may close the connection as it ends
        if is_alive():
            raise
    finally:
        panics.delete()


class Session:
    """What begin() was told, and whether the program has faulted yet."""

    def __init__(self, kernel, program, build, slots, keyboard, reads):
        self.kernel, self.program, self.build, self.slots = kernel, program, build, slots
        self.keyboard, self.reads = keyboard, reads and keyboard is not None
        self.more = ""

    def heading(self):
        option = "" if self.build == "release" else f" --build {self.build}"
        addresses = f"(addresses of compare{option})"
        return f"{self.program} on {self.kernel}, {self.build} build {addresses}."

    def run_to(self, address):
        """True: the machine stands there. Else it is said where it does."""
        stop = gdb.Breakpoint(
            f"*{address:#x}", gdb.BP_HARDWARE_BREAKPOINT, internal=True, temporary=True
        )
        run_on()
        if is_alive() and number("$pc") == address:
            return True
        if stop.is_valid():
            stop.delete()
        self.say_elsewhere("before that instruction was reached")
        return False

    def run_to_fault(self):
        """True: the machine stands before a load or store of the program's that will fault."""
        fault = FaultStop(*self.slots)
        end = gdb.Breakpoint(
            "-qualified end_machine", gdb.BP_HARDWARE_BREAKPOINT, internal=True
        )
        try:
            run_on()
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
        if is_alive() and gdb.selected_frame().name() == "panic":
            say(f"Stopped {when}, for here panic was called:")
            gdb.execute("up")
            say("Next: backtrace; continue, and the machine says why and ends; quit.")
        elif is_alive():
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


class NextFault(Command):
    """Run on to the program's next page fault of a load or store, and stop before it is taken."""

    def __init__(self):
        super().__init__("next-fault", gdb.COMMAND_RUNNING)

    def run(self, argument, from_tty):
        del argument, from_tty
        if session is None or not is_alive():
            raise gdb.GdbError("The machine does not run.")
        if number("$priv") == 0 and FAULTS in what_is_here():
            quietly("stepi")  # this one is behind us, then
        if session.run_to_fault():
            announce("Stopped at a page fault of a load or store, before it is taken:")


class Type(Command):
    """Type a line at the guest's serial line: type ls /bin. The guest reads it when it runs."""

    def __init__(self):
        super().__init__("type", gdb.COMMAND_RUNNING)

    def run(self, argument, from_tty):
        del from_tty
        if session is None or session.keyboard is None:
            raise gdb.GdbError("QEMU has a terminal of its own here: type there.")
        with open(session.keyboard, "w") as keyboard:
            keyboard.write(argument + "\n")


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


def install():
    NextFault()
    Type()
    gdb.events.stop.connect(where_in_trap)
    gdb.events.before_prompt.connect(say_the_end)
