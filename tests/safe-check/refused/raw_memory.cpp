// Refused: include@5,6 pointer@13,36 raw-memory@13,19,25,31,36 begin-data@13,36: untyped memory.
// SPDX-License-Identifier: MIT
#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>

namespace vm {

inline int copied(const std::array<int, 2>& from) {
    std::array<int, 2> to{};
    std::memcpy(to.data(), from.data(), 64);
    return to[0];
}

template <class T>
auto place_of(T& value) {
    return std::addressof(value);
}

inline std::size_t bytes(std::span<int> numbers) {
    // A view of the bytes of ints: whoever has it writes past every type.
    std::size_t count = 0;
    count = std::as_writable_bytes(numbers).size();
    return count;
}

template <class T>
auto bytes_of(T range) {
    return as_bytes(range);
}

inline int cleared() {
    std::array<int, 2> numbers{1, 2};
    memset(numbers.data(), 0, 64);
    return numbers[0];
}

} // namespace vm
