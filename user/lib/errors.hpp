// A call's negative result in words.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/errors.hpp"

#include <cstdint>
#include <string_view>

namespace os {

// What RESULT, a call's negative answer, means: "not found". A file's name that is there already
// and a page that is mapped already have one number; of the two this says the former.
constexpr std::string_view words(std::int64_t result) {
    return result == -abi::EXISTS ? to_words(Error::exists) : to_words(abi::to_error(result));
}

} // namespace os
