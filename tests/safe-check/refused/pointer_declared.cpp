// Refused: pointer@7,10,11,12,15,17,18,19: pointers in declarations, however they are spelled.
// SPDX-License-Identifier: MIT
#include <cstdint>
#include <optional>

namespace vm {
using Alias = std::uint64_t*;

struct Node {
    Node* next;
    int Node::*member;
    std::optional<int*> hidden;
};

using Handler = void (*)(int);

inline int* find(std::uint64_t key) {
    int* found = find(key - 1);
    return found;
}

} // namespace vm
