// A word of a text is found by a trusted function, and outlives the text.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: `argument` returns a part of the view that it got, and that view showed a local.
#include "kernels/spin/interface/extension.hpp"

#include "lib/arguments.hpp"
#include "lib/text.hpp"

namespace {

std::string_view mode() {
    Text<64> line{};
    static_cast<void>(line.append("size=3 mode=fast"));
    return argument(line.view(), "mode");
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    console_write(mode());
    return {};
}
