# Task 1. sp is the frame's address, and sscratch is 0. When it is done, every register is what
# the frame says, sscratch is the frame's address (the next trap finds it there), and the
# program runs on at the frame's pc, in user mode (sepc, sret). Which register must come last?
unimp # not written yet: the kernel says that it trapped here
