// The first page of a kit.
// SPDX-License-Identifier: MIT
#pragma once

#include "description.hpp"

#include <string>

namespace lab {

// What the lab is, the two commands, what is handed in, and what lies where.
std::string readme_of(const Description& lab);

} // namespace lab
