# Accesses at addresses of one's choice, which nobody watches.
# SPDX-License-Identifier: MIT

.text
# poke(a0 = address, a1 = value): a store.
.global poke
.type poke, @function
poke:
    sd a1, 0(a0)
    ret
.size poke, . - poke

# peek(a0 = address): the word there.
.global peek
.type peek, @function
peek:
    ld a0, 0(a0)
    ret
.size peek, . - peek
