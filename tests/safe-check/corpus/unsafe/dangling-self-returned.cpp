// A chain of member calls on a temporary ends in a reference to it.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: `*this` is handed on as a reference, and its object ends with the statement.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

class Builder {
public:
    Builder& add(std::uint64_t word) {
        words_[count_++ % 8] = word;
        return *this;
    }
    std::uint64_t sum() const { return words_[0] + words_[1]; }

private:
    std::array<std::uint64_t, 8> words_{};
    std::size_t count_ = 0;
};

constinit std::uint64_t result = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Builder& builder = Builder().add(1).add(2);
    console_write("between\n");
    builder.add(3);
    result = builder.sum();
    return {};
}
