// Ways to end the HAL's test kernel by overflowing a stack.
// SPDX-License-Identifier: MIT
#pragma once

void overflow_kernel_stack();
void overflow_boot_stack();
