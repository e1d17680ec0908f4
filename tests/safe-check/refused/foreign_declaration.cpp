// Refused: foreign-declaration@11,16: another's function, with a type of one's own choice.
// SPDX-License-Identifier: MIT
#include <cstdint>

struct Rights {
    std::uint64_t everything = ~0ULL;
};

namespace vm {
// The mangled name does not tell what it returns.
Rights rights_of(std::uint64_t page);

inline std::uint64_t all(std::uint64_t page) { return rights_of(page).everything; }

inline int hidden() {
    int somewhere(int number);
    return somewhere(1);
}

} // namespace vm
