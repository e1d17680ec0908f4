// Offsets in contexts that the library OS keeps, for assembly; libos.hpp asserts them.
// SPDX-License-Identifier: MIT
#pragma once

// CallContext
#define CALL_WORDS 0
#define CALL_S0 64
#define CALL_RA 160
#define CALL_SP 168
#define CALL_A1 176
#define CALL_A2 184
#define CALL_RESUMES 192
#define CALL_CONTEXT_SIZE 200

// SliceContext: registers as in a save area, and where to go on.
#define SLICE_GO_ON 256
#define SLICE_CONTEXT_SIZE 264

// The stack of calls (entry.S).
#define CALL_STACK_BYTES 12288
