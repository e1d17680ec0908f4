// What assembly knows of SpinHart (kernel.hpp).
// SPDX-License-Identifier: MIT
#pragma once

#define HART_STACK_LIMIT 8
