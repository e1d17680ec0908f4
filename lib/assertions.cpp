// The standard library's run-time checks (bounds, empty optional) end in a panic.
// SPDX-License-Identifier: MIT
//
// All placements are compiled with -D_GLIBCXX_ASSERTIONS; libstdc++ then calls the first function
// when an index or an access is wrong. The second serves throwing.cpp.
#include "lib/panic.hpp"

namespace std {
void __glibcxx_assert_fail(const char* /*file*/, int /*line*/, const char* /*function*/,
                           const char* condition) noexcept {
    panic(condition);
}
} // namespace std

extern "C" [[noreturn]] void panic_in_words(const char* why) { panic(why); }
