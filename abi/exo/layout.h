// Offsets in an environment page, for assembly of the kernel and of library OSes.
// SPDX-License-Identifier: MIT
//
// The C++ view, and what each field means, is environment.hpp and primitives.hpp, which assert
// these.
#pragma once

#define EXO_SAVE_REGISTER(n) ((n) * 8)
#define EXO_SAVE_PC 0
#define EXO_SAVE_RA EXO_SAVE_REGISTER(1)
#define EXO_SAVE_T0 EXO_SAVE_REGISTER(5)
#define EXO_SAVE_T1 EXO_SAVE_REGISTER(6)
#define EXO_SAVE_T2 EXO_SAVE_REGISTER(7)
#define EXO_SAVE_CAUSE 256
#define EXO_SAVE_ADDRESS 264
#define EXO_SAVE_IN_USE 272
#define EXO_SAVE_SIZE 280

// The second save area of the page: of what the end of a slice interrupted.
#define EXO_INTERRUPTED EXO_SAVE_SIZE

// Primitives are numbered from 1 to below this.
#define EXO_PRIMITIVES 31

// Slots of a binding table.
#define EXO_BINDINGS 3072

// Protected control transfer: in a7 this and the slot of an environment; and the way back.
#define EXO_TRANSFER 0x1000
#define EXO_TRANSFER_RETURN 0xfff
