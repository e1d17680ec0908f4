// The trap frame's layout, shared by assembly (trap_macros.S) and C++ (trap_frame.hpp).
// SPDX-License-Identifier: MIT
//
// Slot n holds register xn; slot 0, which x0 does not need, holds the interrupted pc.
#pragma once

#define TRAP_PC 0
#define TRAP_REGISTER(n) ((n) * 8)
#define TRAP_RA TRAP_REGISTER(1)
#define TRAP_SP TRAP_REGISTER(2)
#define TRAP_GP TRAP_REGISTER(3)
#define TRAP_TP TRAP_REGISTER(4)
#define TRAP_HART TRAP_REGISTER(32)
#define TRAP_FRAME_SIZE TRAP_REGISTER(34)

// For debuggers, the column of the call-frame information that tells where the program goes on: the
// number that DWARF gives to sepc (4096 + its CSR number), so that it is right even before the
// frame is written.
#define TRAP_RETURN_COLUMN 4417
