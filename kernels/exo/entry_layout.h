// Offsets that entry.S shares with kernel.hpp and task.hpp, which assert them.
// SPDX-License-Identifier: MIT
#pragma once

// EntryFrame (kernel.hpp)
#define ENTRY_PC 0
#define ENTRY_RA 8
#define ENTRY_SP 16
#define ENTRY_TP 24
#define ENTRY_T1 32
#define ENTRY_SAVE_AREA 40
#define ENTRY_ENVIRONMENT 48
#define ENTRY_HART 56
#define ENTRY_TABLE 64
#define ENTRY_OVERRUNS 72
#define ENTRY_FRAME_SIZE 80

// InterruptFrame (kernel.hpp)
#define ENTRY_INTERRUPT_SIZE 256

// Environment (task.hpp)
#define ENVIRONMENT_EXCEPTION_ENTRY 0
#define ENVIRONMENT_TRANSFER_ENTRY 24
#define ENVIRONMENT_PAGE 32
#define ENVIRONMENT_SATP 40
#define ENVIRONMENT_CALLER 48
#define ENVIRONMENT_CALLEE 56
#define ENVIRONMENT_TRANSFER_PC 64
#define ENVIRONMENT_PARTS 72
#define ENVIRONMENT_ID 120
#define ENVIRONMENT_STATE 122
#define ENVIRONMENT_EPOCH 124
#define ENVIRONMENT_READY 2
#define ENVIRONMENT_SIZE 208

// Kernel (kernel.hpp)
#define KERNEL_ENVIRONMENTS 1656
#define KERNEL_ENVIRONMENTS_END (KERNEL_ENVIRONMENTS + 80 * ENVIRONMENT_SIZE)
