// A constructor keeps a view of a parameter that it got by value.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the member shows the constructor's argument, which ends with the declaration.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using Words = std::array<std::uint64_t, 8>;

class Reader {
public:
    explicit Reader(Words words) : words_(words) {}
    std::uint64_t take() { return words_[next_++ % 8]; }

private:
    std::span<const std::uint64_t> words_;
    std::size_t next_ = 0;
};

constinit std::uint64_t taken = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Reader reader(Words{1, 2, 3});
    taken = reader.take() + reader.take();
    return {};
}
