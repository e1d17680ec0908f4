// Offsets of what entry.S reads and writes; task.hpp, schedule.hpp and kernel.hpp assert them.
// SPDX-License-Identifier: MIT
#pragma once

// EntryFrame (kernel.hpp)
#define ENTRY_PC 0
#define ENTRY_RA 8
#define ENTRY_SP 16
#define ENTRY_TP 24
#define ENTRY_T1 32
#define ENTRY_SAVE_AREA 40
#define ENTRY_SLICE 48
#define ENTRY_HART 56
#define ENTRY_FRAME_SIZE 64

// Slice (schedule.hpp)
#define SLICE_OWNER 0

// Environment (task.hpp)
#define ENVIRONMENT_EXCEPTION_ENTRY 0
