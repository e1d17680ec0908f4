// What a program was called with: os::Arguments, for `int main(os::Arguments arguments)`.
// SPDX-License-Identifier: MIT
//
// The words lie on the program's stack, where the kernel's exec put them. The first one is the name
// under which the program was called; a kernel without exec yet gives no words at all.
#pragma once

#include "abi/calls/system_calls.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace os {

class Arguments {
public:
    constexpr Arguments() = default;
    explicit constexpr Arguments(std::span<const abi::TextView> words) : words_(words) {}

    std::size_t size() const { return words_.size(); }
    // INDEX < size().
    std::string_view operator[](std::size_t index) const {
        const abi::TextView& word = words_[index];
        return {reinterpret_cast<const char*>(word.address), word.bytes};
    }
    // The name under which the program was called; "" when there are no words.
    std::string_view name() const { return size() == 0 ? std::string_view() : (*this)[0]; }
    // Without the first COUNT words.
    Arguments from(std::size_t count) const {
        return Arguments(words_.subspan(count < size() ? count : size()));
    }

    // So that `for (std::string_view word : arguments)` works.
    class Iterator {
    public:
        Iterator(const Arguments& arguments, std::size_t index)
            : arguments_(arguments), index_(index) {}
        std::string_view operator*() const { return arguments_[index_]; }
        Iterator& operator++() {
            ++index_;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return index_ != other.index_; }

    private:
        const Arguments& arguments_;
        std::size_t index_;
    };
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, size()}; }

private:
    std::span<const abi::TextView> words_;
};

} // namespace os
