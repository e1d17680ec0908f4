// What keeps the checker from an answer.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>

namespace safe {

// Something is missing, or cannot be parsed: exit code 3.
struct Missing : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Nested deeper than the checker looks: the rule too-deep, where it is met.
struct TooDeep : std::runtime_error {
    TooDeep() : std::runtime_error("nested too deeply") {}
};

} // namespace safe
