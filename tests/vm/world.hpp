// Shared by the tests of services/vm: what a broken promise and a panic are.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>

struct Panic : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// The service broke a promise to the machine under it.
struct Broken : std::runtime_error {
    using std::runtime_error::runtime_error;
};
inline void must(bool holds, const char* otherwise) {
    if (!holds)
        throw Broken(otherwise);
}
