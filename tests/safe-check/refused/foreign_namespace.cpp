// Refused: foreign-namespace@6,12: nothing is slipped into the namespaces of others.
// SPDX-License-Identifier: MIT
#include "lib/print.hpp"

// Found before the library's own.
namespace std {
inline int min(int a, int) { return a; }
} // namespace std

struct Mine {};

namespace print_detail {
template <class S>
void put_part(S& sink, Mine) {
    sink.put(3);
}
} // namespace print_detail
