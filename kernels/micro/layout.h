// Offsets that entry.S shares with C++ (asserted in kernel.hpp).
// SPDX-License-Identifier: MIT
#pragma once

#define HART_RUNNING 8 // KernelHart: the thread that runs, which begins with its trap frame
