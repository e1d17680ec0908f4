// Refused: foreign-base@11,16,21,28: what others' functions believe of their own classes.
// SPDX-License-Identifier: MIT
#include "kernels/spin/interface/phys_addr.hpp"

#include <span>
#include <utility>

namespace vm {

// The library copies a span out of it by way of its own size().
struct Liar : std::span<std::byte> {
    std::size_t size() const { return ~std::size_t{0}; }
};

// The constructor that makes a capability of numbers is there for derived classes.
struct Forged : spin::Reference {
    Forged() : spin::Reference(7, 1) {}
};

template <class T>
struct Pair : std::pair<T, T> {
    T sum() const { return this->first + this->second; }
};
inline int sum(const Pair<int>& pair) { return pair.sum(); }

// Whatever it is.
template <class T>
struct Wrapped : T {};
struct Own {};
inline std::size_t size(Wrapped<Own>) { return sizeof(Own); }

} // namespace vm
