// Refused: pointer@9,16,17 address-of@9,16,20: addresses, of what is known and of what is not yet.
// SPDX-License-Identifier: MIT
#include "lib/address.hpp"

#include <utility>

namespace vm {

inline bool is_first(const Page& page, const Page& first) { return &page == &first; }

struct Table {
    int entries = 0;
};

inline bool same(Table& a, Table& b) {
    const auto place = &a.entries;
    return std::exchange(b.entries, 0) == 0 && place == place;
}

template <class T, auto member = &T::entries>
int read(T& table) {
    return table.entries;
}

} // namespace vm
