// Refused: include@5 pointer@12,17,22,24 new@12,17,22,24,29 address-of@22: storage made by hand.
// SPDX-License-Identifier: MIT
#include <array>
#include <cstddef>
#include <new>

namespace vm {

struct Region {
    int first = 0;
};
inline int made() { return (new Region)->first; }

struct Placed {
    int number = 0;
    // Its own allocator.
    static void* operator new(std::size_t);
};

inline void placed(std::array<std::byte, 64>& bytes) {
    // Placement new over bytes: a pointer to any type.
    new (&bytes) Region{};
    // And back.
    delete new Region;
}

template <class T>
void drop(T thing) {
    delete thing;
}

} // namespace vm
