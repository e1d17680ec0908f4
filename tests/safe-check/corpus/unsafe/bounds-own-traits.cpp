// A string_view with character traits of one's own, whose length is what one likes.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: std-name
// breaks: the view of a literal is as long as the traits say; all memory behind it can be read.
#include "kernels/spin/interface/extension.hpp"

#include <string_view>

namespace {

struct Traits {
    using char_type = char;
    using int_type = int;
    static constexpr std::size_t length(const auto&) { return 1UL << 40; }
};
using Long = std::basic_string_view<char, Traits>;

constinit std::uint64_t seen = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Long text("abc");
    seen = static_cast<unsigned char>(text[0x10000]);
    return {};
}
