// A trusted class with a large room, as a local.
// SPDX-License-Identifier: MIT
//
// gate: compiler
// breaks: Text leaves its room alone, so that the frame jumps over the guard page without touching
// it.
#include "kernels/spin/interface/extension.hpp"

#include "lib/text.hpp"

namespace {

[[gnu::noinline]] Result<void> join(std::string_view first, std::string_view second) {
    Text<100000> text{};
    TRY(text.append(first));
    TRY(text.append(second));
    console_write(text.view());
    return {};
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return join("one", "two");
}
