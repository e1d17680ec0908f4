// An interpreter of a stack language: numbers, four operations, and errors in words.
// SPDX-License-Identifier: MIT
//
// Does: a bounded stack, a switch over letters, division checked before it is done.
#include "kernels/spin/interface/extension.hpp"

#include "lib/numerals.hpp"
#include "lib/print.hpp"

#include <array>

namespace {

class Stack {
public:
    Result<void> push(std::uint64_t value) {
        if (count_ == values_.size())
            return std::unexpected(Error::too_many);
        values_[count_++] = value;
        return {};
    }
    Result<std::uint64_t> pop() {
        if (count_ == 0)
            return std::unexpected(Error::invalid);
        return values_[--count_];
    }

private:
    std::array<std::uint64_t, 16> values_{};
    std::size_t count_ = 0;
};

Result<std::uint64_t> apply(char operation, std::uint64_t a, std::uint64_t b) {
    switch (operation) {
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '*':
        return a * b;
    case '/':
        if (b == 0)
            return std::unexpected(Error::invalid);
        return a / b;
    default:
        return std::unexpected(Error::not_supported);
    }
}

Result<std::uint64_t> evaluate(std::string_view text) {
    Stack stack{};
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text = text.substr(std::min(end + 1, text.size()));
        if (const std::optional<std::uint64_t> number = from_digits(word)) {
            TRY(stack.push(*number));
            continue;
        }
        if (word.size() != 1)
            return std::unexpected(Error::malformed);
        const std::uint64_t right = TRY(stack.pop());
        const std::uint64_t left = TRY(stack.pop());
        TRY(stack.push(TRY(apply(word[0], left, right))));
    }
    return stack.pop();
}

struct Console {
    void put(std::string_view text) { console_write(text); }
};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Console console{};
    const Result<std::uint64_t> value = evaluate("3 4 + 5 *");
    if (value)
        print(console, "= ", *value, "\n");
    else
        print(console, to_words(value.error()), "\n");
    return {};
}
