// The standard library's run-time checks (bounds, empty optional) end in a panic.
// SPDX-License-Identifier: MIT
//
// All placements are compiled with -D_GLIBCXX_ASSERTIONS; libstdc++ then calls this function when
// an index or an access is wrong.
#include "lib/panic.hpp"

namespace std {
void __glibcxx_assert_fail(const char* /*file*/, int /*line*/, const char* /*function*/,
                           const char* condition) noexcept {
    panic(condition);
}
// string_view::substr and remove_prefix past the end.
void __throw_out_of_range_fmt(const char* what, ...) { panic(what); }
} // namespace std
