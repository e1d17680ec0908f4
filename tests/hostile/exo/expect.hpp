// What an attack expects of a primitive, and how often it was wrong.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace hostile {

using Words = std::initializer_list<std::uint64_t>;

// Says it where RESULT is not EXPECTED.
void expect(std::string_view what, std::int64_t result, std::int64_t expected);
inline void expect_that(std::string_view what, bool holds) { expect(what, holds ? 1 : 0, 1); }

// So often it was not.
int failures();

} // namespace hostile
