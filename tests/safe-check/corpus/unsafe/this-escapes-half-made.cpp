// A constructor calls a function that uses a view of the object before the view exists.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: members are initialised in order: the function reads what stood on the stack as a view.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

class Parser {
public:
    explicit Parser(std::span<std::uint64_t> words) : first_(peek(*this)), words_(words) {}
    std::uint64_t first() const { return first_; }

private:
    static std::uint64_t peek(const Parser& parser) {
        return parser.words_.empty() ? 0 : parser.words_[0];
    }
    std::uint64_t first_ = 0;
    std::span<std::uint64_t> words_{};
};

constinit std::array<std::uint64_t, 4> words{};
constinit std::uint64_t seen = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    seen = Parser(words).first();
    return {};
}
