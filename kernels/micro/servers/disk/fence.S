# What orders accesses to memory and to a device's registers.
# SPDX-License-Identifier: MIT
#
# Before: SharedPage::order in placement/block_placement.hpp. Unprivileged ISA, "FENCE". All
# registers are kept.

.cfi_sections .debug_frame

.text
.global order_memory_and_devices
.type order_memory_and_devices, @function
order_memory_and_devices:
    .cfi_startproc
    fence iorw, iorw
    ret
    .cfi_endproc
.size order_memory_and_devices, . - order_memory_and_devices
