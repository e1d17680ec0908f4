// Processes whose environment the kernel has ended.
// SPDX-License-Identifier: MIT
//
// It did not yield, took its own pages away, or went past its library. Where it stood outside of
// what processes share, the others end it for UNIX, and its parent hears of it. Where it stood
// inside, tables or blocks may be half changed, and ExOS ends in words.
#pragma once

// Where a process goes on after others may have run; in a critical section.
void heed_deaths();
