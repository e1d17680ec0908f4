// What the safe subset allows by name: everything else is refused.
// SPDX-License-Identifier: MIT
//
// docs/safe-subset.md shows these lists; a test holds the two together.
#pragma once

#include "finding.hpp"

#include <map>
#include <set>
#include <string>

namespace safe {

const std::set<std::string>& allowed_std_headers();
const std::set<std::string>& allowed_std_names(); // without std::; "ranges::any_of" with ranges::
const std::set<std::string>& allowed_attributes();
// extern "C", and (the stages) gnu::noipa; each with the file or folder that declares it first.
const std::map<std::string, std::string>& stage_homes();
const std::set<std::string>& stage_functions(); // their names
// Global names that the compiler or the library calls: nobody else defines them.
const std::set<std::string>& names_of_runtime();
constexpr const char* HOME_OF_PANIC = "kernels/spin/extensions/panic.cpp";
// A header between extensions, and who defines what it declares.
const std::map<std::string, std::string>& borders();

bool may_include_quoted(const std::string& header);

// std::NAME is allowed: a name of the list, or a type trait that asks a question.
bool is_allowed_std_name(const std::string& name);
// The rule that says most about a forbidden name of the standard library.
Rule rule_for_std_name(const std::string& name);
// Fixed-width integers and size_t, as the C headers give them to the global namespace.
bool is_allowed_global_name(const std::string& name);
// Members of the listed classes that the library does not check.
bool is_unchecked_member(const std::string& member);
// Members that hand out iterators and pointers.
bool gives_iterator_or_pointer(const std::string& member);

} // namespace safe
