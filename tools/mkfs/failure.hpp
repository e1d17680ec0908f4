// What mkfs cannot do, in words for the person who called it.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/result.hpp"

#include <stdexcept>
#include <string>

namespace mkfs {

struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// The value, or a Failure that begins with WHAT.
template <class T>
T want(std::expected<T, Error> result, const std::string& what) {
    if (!result)
        throw Failure(what + ": " + std::string(to_words(result.error())));
    return *std::move(result);
}
inline void want(Outcome result, const std::string& what) {
    if (!result)
        throw Failure(what + ": " + std::string(to_words(result.error())));
}

} // namespace mkfs
