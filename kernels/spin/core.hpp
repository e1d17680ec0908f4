// The core services' own system calls.
// SPDX-License-Identifier: MIT
#pragma once

// Installs the kernel's handler of Trap.SystemCall, for what no extension does yet.
void install_core_services();
