// Refused: uninitialised@13,23,27,32: an object that is read before it has a value.
// SPDX-License-Identifier: MIT
#include <array>
#include <cstdint>
#include <span>
#include <utility>

namespace vm {

using View = std::span<std::uint64_t>;
inline const View& same(const View& view) { return view; }
inline View itself() {
    View view{same(view)};
    return view.first(0);
}

inline int number() {
    // By parentheses and braces.
    struct Pair {
        int first;
        int second;
    };
    Pair pair(Pair{pair.second, 1});
    return pair.first;
}
inline int reference() {
    const int& one = one;
    return one;
}
template <class T>
T fresh() {
    T value{value};
    return value;
}
inline int made() { return fresh<int>(); }

} // namespace vm
