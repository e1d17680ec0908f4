// Numbers that name things: a type of its own for each kind.
// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

// TAG keeps one kind of number from being taken for another. A register wide; tables that hold many
// store raw() in as many bits as they need.
template <class Tag>
class Number {
public:
    constexpr Number() = default;
    explicit constexpr Number(std::uint64_t raw) : raw_(raw) {}
    constexpr std::uint64_t raw() const { return raw_; }
    constexpr auto operator<=>(const Number&) const = default;

private:
    std::uint64_t raw_ = 0;
};

// A place in a table, kept in the bits of STORED.
template <class Tag, class Stored>
class Index {
public:
    constexpr Index() = default;
    explicit constexpr Index(std::size_t number) : number_(static_cast<Stored>(number)) {}
    constexpr std::size_t number() const { return number_; }
    constexpr bool operator==(const Index&) const = default;

private:
    Stored number_ = 0;
};
