// Where libstdc++ would throw (string_view::substr past the end) or give up: a panic.
// SPDX-License-Identifier: MIT
//
// Which of the two it calls depends on the version: GCC 12's freestanding headers only declare the
// first, newer ones define it inline by the second. So nothing of libstdc++ is included here.
extern "C" [[noreturn]] void panic_in_words(const char* why); // assertions.cpp

namespace std {

[[noreturn]] void __throw_out_of_range_fmt(const char* what, ...) { panic_in_words(what); }

[[noreturn]] void terminate() noexcept { panic_in_words("std::terminate"); }

} // namespace std
