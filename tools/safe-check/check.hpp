// The safe subset's checker: one call for one file.
// SPDX-License-Identifier: MIT
//
// The command line is main.cpp; SPIN's compiler driver calls the same. The rules, and what is not
// checked, are in docs/safe-subset.md.
#pragma once

#include "failure.hpp"
#include "finding.hpp"
#include "zones.hpp"

#include <string>
#include <vector>

namespace safe {

// All that SOURCE breaks, in the order of the text; none: it is safe. FLAGS are clang's. Checked
// are SOURCE and the headers that it includes from folders which FOLDERS does not trust. Throws
// Missing when SOURCE is not there or does not compile.
std::vector<Finding> check_file(const std::string& source, const std::vector<std::string>& flags,
                                const Folders& folders);

// Seconds of the processor's time: far beyond what any file of this tree needs.
constexpr unsigned PATIENCE = 120;

// The same in a process of its own: a source that makes clang or the checker run out of stack, or
// of PATIENCE, is Missing an answer and does nothing worse.
std::vector<Finding> check_contained(const std::string& source,
                                     const std::vector<std::string>& flags, const Folders& folders,
                                     unsigned patience = PATIENCE);

} // namespace safe
