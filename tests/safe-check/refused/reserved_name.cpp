// Refused: reserved-name@5,6,8 varargs@11 std-name@11 pointer@11: the compiler's own names.
// SPDX-License-Identifier: MIT
namespace vm {

inline int bits(unsigned number) { return __builtin_popcount(number); }
struct __Hidden {};

inline void stop() { __builtin_trap(); }

// Types too.
inline int given(__builtin_va_list) { return 0; }

} // namespace vm
