// Refused: dangling@20,23,27,34: views of temporaries that are stored.
// SPDX-License-Identifier: MIT
#include <array>
#include <span>
#include <utility>

namespace vm {

struct Table {
    std::array<int, 4> numbers{};
    std::span<const int> all() const { return numbers; }
};

inline Table make() { return {}; }

// A reference that is a member does not keep what it is bound to.
struct Shows {
    int first = 0;
    int second = 1;
    std::span<const int> all = make().all();
    int third = 3;
    // Of the whole.
    const Table& table = make();
};

inline int binding() {
    const auto [numbers, count] = std::pair(make().all(), 1);
    return numbers[0] + count;
}

inline int assigned() {
    std::span<const int> numbers{};
    // The local lives on, and what it shows does not.
    numbers = make().all();
    return numbers[0];
}

} // namespace vm
