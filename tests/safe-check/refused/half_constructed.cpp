// Refused: uninitialised@10,20,29: members that not every constructor gives a value.
// SPDX-License-Identifier: MIT
#include <cstdint>

namespace vm {

class One {
    explicit One(std::uint64_t number) : number_(number) {}
    One() {}
    std::uint64_t number_;
    std::uint64_t other_ = 0;
};

class Elsewhere {
    explicit Elsewhere(std::uint64_t number) : number_(number) {}
    explicit Elsewhere(bool); // nobody here says what it does

    std::uint64_t other_ = 0;
    // Read by others.
    std::uint64_t number_;
};

class Default {
public:
    Default() = default;
    explicit Default(std::uint64_t number) : number_(number) {}

private:
    std::uint64_t number_;
};

} // namespace vm
