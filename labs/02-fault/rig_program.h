// Where the rig's program stands in its address space; shared by assembly and C++.
// SPDX-License-Identifier: MIT
#pragma once

#define PROGRAM_CODE 0x40000000
#define PROGRAM_DATA 0x40001000
