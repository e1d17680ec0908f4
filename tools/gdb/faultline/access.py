# Whether an access of user mode faults, by the page table in force.
# SPDX-License-Identifier: MIT
#
# For here.py.
from faultline import machine, sv39
from faultline.paging import Satp


def why_it_faults(address, need):
    """Why an access of user mode to ADDRESS faults, or None. NEED: read, write or execute."""
    satp = Satp(machine.read_register("satp"))
    read_entry = lambda place: int.from_bytes(machine.read_physical(place, 8), "little")
    *_, last = sv39.walk(address, satp.root, read_entry)
    entry = last.entry
    if not sv39.is_canonical(address) or not entry.valid or entry.fault_at(last.level):
        return "no page is mapped"
    if not entry.is_user or not getattr(entry, need):
        return f"the page is mapped {entry.rights()}" + ("" if entry.is_user else " for the kernel")
    return None
