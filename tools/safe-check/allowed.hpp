// What the safe subset allows by name: everything else is refused.
// SPDX-License-Identifier: MIT
//
// docs/safe-subset.md shows these lists; a test holds the two together.
#pragma once

#include "finding.hpp"

#include <set>
#include <string>

namespace safe {

const std::set<std::string>& allowed_std_headers();
const std::set<std::string>& allowed_std_names(); // without std::; "ranges::any_of" with ranges::
const std::set<std::string>& allowed_attributes();
// extern "C", and (the stages) gnu::noipa.
const std::set<std::string>& stage_functions();

bool may_include_quoted(const std::string& header);

// std::NAME is allowed: a name of the list, or a type trait that asks a question.
bool is_allowed_std_name(const std::string& name);
// The rule that says most about a forbidden name of the standard library.
Rule rule_for_std_name(const std::string& name);
// Fixed-width integers and size_t, as the C headers give them to the global namespace.
bool is_allowed_global_name(const std::string& name);
// Members that hand out iterators and pointers.
bool gives_iterator_or_pointer(const std::string& member);

} // namespace safe
