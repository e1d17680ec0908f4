// Refused: std-name@14,18,22,26 include@3,5: names of the standard library beyond the list.
// SPDX-License-Identifier: MIT
#include <functional>
#include <span>
#include <stdlib.h>
#include <string_view>

namespace vm {

inline int value(int number) { return number + 1; }

inline void end() {
    // By its global name.
    abort();
}
inline int apply(int number) {
    // A function pointer in a class's clothes.
    return std::reference_wrapper<int(int)>(value)(number);
}

inline int twice(int number) {
    return std::invoke([](int given) { return 2 * given; }, number);
}

namespace alias = std;
inline auto negated(int number) { return alias::negate<int>()(number); }

} // namespace vm
