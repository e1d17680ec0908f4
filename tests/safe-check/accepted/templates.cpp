// What a template does with values that it does not know, and constructors that set every member.
// SPDX-License-Identifier: MIT
#include <array>
#include <cstddef>
#include <cstdint>

namespace vm {

class Key {
public:
    explicit constexpr Key(std::uint64_t number) : number_(number), half_(number / 2) {}
    constexpr Key(std::uint64_t number, std::uint64_t half);
    constexpr Key() : Key(1) {}
    template <class Number>
    Key(Number number, Number half, Number more) : number_(number + more), half_(half) {}
    constexpr std::uint64_t number() const { return number_ + half_; }

private:
    std::uint64_t number_;
    std::uint64_t half_;
};
constexpr Key::Key(std::uint64_t number, std::uint64_t half) : number_(number), half_(half) {}

template <std::size_t N>
class Keys {
public:
    constexpr Key first() const { return Key(numbers_[0][N - 1]); }
    constexpr std::uint64_t& at(std::size_t row, std::size_t column) {
        return numbers_[row][column];
    }
    constexpr std::byte byte(std::size_t row) const {
        return static_cast<std::byte>(static_cast<std::uint8_t>(numbers_[row][0]));
    }

private:
    std::array<std::array<std::uint64_t, N>, N> numbers_{};
};

constexpr Key first_of_two() { return Keys<2>().first(); }

} // namespace vm
