// A string_view of a text that a function returned by value.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the text ended with the declaration; what is printed is the stack's present contents.
#include "kernels/spin/interface/extension.hpp"

#include "lib/text.hpp"

namespace {

Text<32> greeting(std::string_view name) {
    Text<32> text{};
    static_cast<void>(text.append("hello "));
    static_cast<void>(text.append(name));
    return text;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::string_view words = greeting("kernel").view();
    console_write(words);
    return {};
}
