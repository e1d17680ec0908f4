// What of an object is loaded, however its compiler numbered labels: equal prints do the same.
// SPDX-License-Identifier: MIT
//
// For hole_use.cpp.
#pragma once

#include <filesystem>
#include <string>

namespace lab {

// Of each section that is loaded its name and content, and the relocations in it. A label of the
// compiler's own is told by the place where it stands.
std::string code_print(const std::filesystem::path& object);

} // namespace lab
