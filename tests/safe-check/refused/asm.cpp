// Refused: asm@5,7,10 volatile@7 foreign-declaration@10: behind the compiler's back.
// SPDX-License-Identifier: MIT
namespace vm {

asm(".globl other");

inline void fence() { asm volatile("sfence.vma"); }

// Another's symbol under a name of one's own.
int steal() __asm__("kernel_main");

} // namespace vm
