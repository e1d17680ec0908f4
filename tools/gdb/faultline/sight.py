# All memory in sight, whatever mode the machine stopped in.
# SPDX-License-Identifier: MIT
#
# QEMU's stub reads memory as the hart would: in user mode not the kernel's, and (from QEMU 8 or so
# on) in supervisor mode not the program's, while sstatus.SUM is clear. So as long as the machine
# stands still it is lent supervisor mode and SUM, behind GDB's back: `print $priv` and
# `print $sstatus` go on to say what the machine stopped with. Before it moves again, by whatever
# command, it gets its own back; so it does before QEMU's monitor looks, and before GDB leaves.
#
# In machine mode nothing is lent: the firmware's memory is only its own. `kernel`
# (kernel_command.py) lends for one command.
import contextlib

import gdb

from faultline import machine

SUM = 1 << 18
# Of mstatus, what sstatus shows (Privileged Architecture, "Supervisor Status Register").
SSTATUS_BITS = 0x80000003000DE762
SHOWN = ("priv", "sstatus", "mstatus")

_own = None  # what was replaced, by register; None: nothing is lent


def _is_stopped():
    thread = gdb.selected_thread()
    return machine.is_connected() and thread is not None and thread.is_stopped()


# What GDB shows of the machine's own registers; it reads what it has not yet read.
def _shown():
    frame = gdb.newest_frame()
    return {name: int(frame.read_register(name)) & (2**64 - 1) for name in SHOWN}


# Whether an LR may lie shortly before the pc, whose reservation a change of mode would take away:
# such a loop has at most 16 instructions (Unprivileged ISA, "Eventual Success of
# Store-Conditional Instructions").
def _may_hold_reservation():
    pc = int(gdb.newest_frame().read_register("pc"))
    start = pc - min(64, pc & 4095)
    try:
        code = bytes(gdb.selected_inferior().read_memory(start, pc - start))
    except gdb.MemoryError:
        return False
    words = (int.from_bytes(code[i:i + 4], "little") for i in range(0, len(code) - 3, 2))
    return any(word & 0x7F == 0x2F and word >> 27 == 2 for word in words)


def _lend(own):
    machine.write_register("sstatus", own["sstatus"] | SUM)
    if own["priv"] & 3 == machine.USER:
        machine.write_register("priv", machine.SUPERVISOR)


def lend():
    global _own
    if _own is not None or not _is_stopped():
        return
    mode = machine.read_register("priv") & 3
    if mode == machine.MACHINE or machine.read_register("satp") == 0:
        return
    if mode == machine.USER and _may_hold_reservation():
        return
    own = _shown()
    _lend(own)
    _own = own
    gdb.invalidate_cached_frames()  # they may have ended at memory out of sight


def give_back():
    global _own
    if _own is None:
        return
    own, _own = _own, None
    if not machine.is_connected():  # it is gone
        return
    machine.write_register("priv", own["priv"])
    machine.write_register("sstatus", own["sstatus"])


# As the kernel sees memory, even from machine mode.
@contextlib.contextmanager
def of_kernel():
    mode = machine.read_register("priv")
    if mode & 3 != machine.MACHINE:
        lend()
        yield
        return
    _shown()
    machine.write_register("priv", machine.SUPERVISOR)
    try:
        yield
    finally:
        machine.write_register("priv", mode)


# Somebody has set a register by GDB: that is the machine's own now. GDB will read all registers
# anew, so it has to find them as they are; the next prompt lends again.
def _register_changed(_event):
    global _own
    if _own is None:
        return
    now = _shown()
    if now["mstatus"] != _own["mstatus"]:
        now["sstatus"] = now["sstatus"] & ~SSTATUS_BITS | now["mstatus"] & SSTATUS_BITS
    _own = now
    give_back()


def _stopped(_event=None):
    try:
        lend()
    except gdb.error as why:
        gdb.write("Memory of other modes cannot be shown: %s\n" % why)


# After the monitor, which may have put another state into the machine.
def after_monitor():
    if _is_stopped() and machine.read_register("pc") != int(gdb.newest_frame().read_register("pc")):
        gdb.execute("maintenance flush register-cache", to_string=True)
    _stopped()


HOOKS = """
define hook-%(command)s
python faultline.sight.give_back()
end
"""


def install():
    gdb.events.stop.connect(_stopped)
    gdb.events.before_prompt.connect(_stopped)
    gdb.events.register_changed.connect(_register_changed)
    gdb.events.cont.connect(lambda _event: give_back())
    gdb.events.gdb_exiting.connect(lambda _event: give_back())
    for command in ("detach", "disconnect", "monitor"):
        gdb.execute(HOOKS % {"command": command})
    gdb.execute("define hookpost-monitor\npython faultline.sight.after_monitor()\nend")
    _stopped()
