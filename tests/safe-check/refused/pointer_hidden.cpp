// Refused: pointer@12,13,19,20,21,22,24,26,27,30,37,42,43,46 begin-data@37 foreign-base@36: hidden
// SPDX-License-Identifier: MIT
#include <cstdint>
#include <optional>
#include <span>

namespace vm {

inline int zero(int number) { return number - number; }

template <class T>
bool same(const T& one, const T& other) {
    return one == other;
}

struct Counter {
    int count = 0;
    // The result is a pointer.
    auto self() { return this; }
    int next() { return this[1].count; }
    int after() { return (this + 2)->count; }
    bool any() { return this; }
    int sum(int other) {
        auto function = zero;
        const auto plain = [](int number) { return number; };
        auto converted = +plain;
        return function(other) + converted(other) + count;
    }
    bool inner() {
        const auto captured = [self = this] { return same(self, self); };
        return captured();
    }
};

// A span's own pointer, by inheritance.
struct Numbers : std::span<int> {
    int first() const { return *data(); }
};

// Hidden in a template's argument.
template <class T = int*>
T nothing() {
    return T{};
}

inline bool none() { return nothing() == nothing<int*>(); }

} // namespace vm
