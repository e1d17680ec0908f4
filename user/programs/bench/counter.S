# Single operations between two reads of the instruction counter.
# SPDX-License-Identifier: MIT
#
# rdinstret counts itself: two reads in a row differ by one, which is taken off. Where an operation
# is one instruction, nothing else stands between the reads; for whole calls there is read_counter.

.text
# read_counter(): instructions executed so far.
.global read_counter
.type read_counter, @function
read_counter:
    rdinstret a0
    ret
.size read_counter, . - read_counter

# count_store(a0 = address): of a store of zero there, faults and all.
.global count_store
.type count_store, @function
count_store:
    rdinstret a1
    sd zero, 0(a0)
    rdinstret a2
    sub a0, a2, a1
    addi a0, a0, -1
    ret
.size count_store, . - count_store

# count_load(a0 = address): of a load from there.
.global count_load
.type count_load, @function
count_load:
    rdinstret a1
    ld a3, 0(a0)
    rdinstret a2
    sub a0, a2, a1
    addi a0, a0, -1
    ret
.size count_load, . - count_load
