// The kernel's own check of an object, on the host (kernels/spin/link/check.hpp).
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace spin_cc {

// Why the kernel's linker would refuse OBJECT, a file's bytes; empty: it would not. Whether it
// defines a name that the kernel exports, only the kernel sees.
std::string why_refused(const std::string& object);

} // namespace spin_cc
