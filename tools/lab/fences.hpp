// Whether a change of a translation was fenced as it should be.
// SPDX-License-Identifier: MIT
#pragma once

#include "case.hpp"
#include "probe_result.hpp"

#include <functional>
#include <string>

namespace lab {

// What is due, in words.
std::string to_words(const DueFence& due);

// What is wrong with CHANGE, which the probe noted; empty: nothing. LINE says where in the source
// an instruction stands.
std::string fence_problem(const DueFence& due, const faultline::Change& change,
                          const std::function<std::string(std::uint64_t pc)>& line);

} // namespace lab
