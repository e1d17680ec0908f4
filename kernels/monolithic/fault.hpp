// A page fault in the monolithic kernel.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/result.hpp"
#include "services/vm/resolution.hpp"

// The stage `install` (fault.cpp), which is also the last step when a system call mends a page.
extern "C" Result<void> fault_install(const vm::Resolution& resolution);
