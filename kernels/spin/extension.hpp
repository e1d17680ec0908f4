// Extensions: how one comes into the kernel, and what happens when one breaks.
// SPDX-License-Identifier: MIT
#pragma once

#include "interface/extension.hpp"

// Brings spin/pager.o of the initial RAM disk into the kernel. If it is refused, that is said on
// the console, and the machine ends: no program could run.
void load_pager();

// Lets the pager install its handlers for PROGRAM. The same.
void start_pager(const spin::Program& program);
