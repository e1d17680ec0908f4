// From a word as it was typed to what the command gets: quotes off, $? and $$ filled in.
// SPDX-License-Identifier: MIT
//
// Before: Runner in runner.cpp, right before a command runs.
#pragma once

#include "lib/result.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace sh {

// What the $-words stand for.
struct Values {
    std::int64_t status;  // $?: of the last command
    std::int64_t process; // $$: of the shell itself
};

// The words of one command, one behind the other.
class Expansion {
public:
    static constexpr std::size_t BYTES = 4096; // all arguments of an exec together

    // too_large: no room for it. The result lives as long as the Expansion.
    Result<std::string_view> expand(std::string_view word, const Values& values);

    // Forgets all words.
    void clear() { used_ = 0; }

private:
    Result<void> put(char byte);
    Result<void> put_number(std::int64_t number);
    Result<void> put_variable(char name, const Values& values);

    std::array<char, BYTES> bytes_{};
    std::size_t used_ = 0;
};

} // namespace sh
