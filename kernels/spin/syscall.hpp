// A system call that was not answered, and will be made again.
// SPDX-License-Identifier: MIT
#pragma once

#include "task.hpp"

// If STRAND is in the middle of a call, its program executes its ecall again.
void take_back_call(Strand& strand);
