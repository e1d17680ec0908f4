// The extension defines a procedure of the kernel's that a header declares with C linkage.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: foreign-declaration
// breaks: other extensions that are linked against this one get its console_write, with their
// secrets.
#include "kernels/spin/interface/extension.hpp"

constinit std::string_view last{};

void console_write(std::string_view text) { last = text; }

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    console_write("to nobody");
    return {};
}
