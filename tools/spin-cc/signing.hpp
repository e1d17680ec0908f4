// Puts the signature behind an object's bytes (kernels/spin/link/signature.hpp).
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace spin_cc {

// OBJECT, filled up to whole words, and its signature; in the place of one that is there.
std::string with_signature(std::string object);

} // namespace spin_cc
