// A pragma shows functions of the extension's to others.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: preprocessor
// breaks: a name of the kernel's runtime is offered to extensions that are linked against this
// one.
#include "kernels/spin/interface/extension.hpp"

#include "lib/memory.hpp"

#pragma GCC visibility push(default)
void copy_page(PageBytes, std::span<const std::byte, PAGE_SIZE>) {}
#pragma GCC visibility pop

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) { return {}; }
