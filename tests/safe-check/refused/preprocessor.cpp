// Refused: preprocessor@7,9,11,13,15,18,20 macro@7: text for the compiler alone.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#ifdef __clang__
inline std::uint64_t where() { return 0; }
#else
inline std::uint64_t where() { return *(std::uint64_t*)0x80200000; }
#endif

#define CAST reinterpret_cast

// A comment may go on \
   over the next line: is it code?

#pragma GCC system_header

#line 1 "other.cpp"
