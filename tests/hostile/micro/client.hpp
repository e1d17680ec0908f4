// What programs that talk to a pager by hand share.
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/hostile/call.hpp"

#include "abi/micro/objects.hpp"
#include "lib/print.hpp"
#include "user/lib/os.hpp"

#include <initializer_list>

namespace hostile {

using abi::micro::Operation;
using Words = std::initializer_list<std::uint64_t>;

inline constexpr std::uint64_t MEMORY = 1; // the slot that root names
inline constexpr std::uint64_t FAULTS = abi::micro::OWN_PAGER.raw();

inline int failures = 0;

inline void expect(std::string_view what, std::int64_t result, std::int64_t expected) {
    os::Output output;
    if (result == expected)
        return;
    print(output, "micro: ", what, ": ", result, ", expected ", expected, "\n");
    ++failures;
}

inline std::int64_t operation(Operation number, std::uint64_t a0, std::uint64_t a1 = 0,
                              std::uint64_t slot = 0) {
    return call(static_cast<std::uint64_t>(number), a0, a1, 0, slot).first;
}

} // namespace hostile
