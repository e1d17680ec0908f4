// A function says that it does not return, and returns.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: attribute
// breaks: nothing stands behind its call: the machine runs on into the next function.
#include "kernels/spin/interface/extension.hpp"

namespace {

[[noreturn, gnu::noinline]] void end(std::string_view why) { console_write(why); }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    end("the end, it says\n");
}
