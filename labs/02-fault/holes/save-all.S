# Task 1. sp is the frame's address, and sscratch is the program's sp; every other register
# still is the program's. So the first steps may use no register at all but sp. When it is done:
# all 31 registers and the program's pc lie in the frame (trap_layout.h), tp is the hart's
# address (TRAP_HART), t0 is the trap's pc, and sscratch is 0. FOR_EACH_REGISTER is above.
csrw sscratch, zero
unimp # not written yet: the kernel says that it trapped here
