// Objects that end with the statement in which they are made.
// SPDX-License-Identifier: MIT
#pragma once

#include "clang.hpp"

namespace safe {

// An object without a name: made by a constructor, or returned by value.
bool is_temporary(CXCursor expression);
// A value that holds no view: nothing of what made it shows through it.
bool is_plain_value(CXCursor expression);
// A temporary in it has an object of one of the types VIEWED in it.
bool mentions_temporary(CXCursor expression, const std::vector<CXType>& viewed);

} // namespace safe
