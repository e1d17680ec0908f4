// Of each source a key: as long as it is the same, clang-tidy would say the same.
// SPDX-License-Identifier: MIT
//
// Used by main.cpp; memory.hpp keeps them.
#pragma once

#include "database.hpp"

#include <string>
#include <vector>

namespace lint {

// A key for each of SOURCES, in the same order: of the tool's words HOW (version and arguments),
// the compiler's flags, the configuration, and the content of the source and of every file that it
// includes. It is the same wherever the tree TOP lies. Empty: not all that it includes is known.
std::vector<std::string> keys_of(const std::vector<Source>& sources, const Includes& includes,
                                 const std::filesystem::path& top,
                                 const std::vector<std::string>& how);

} // namespace lint
