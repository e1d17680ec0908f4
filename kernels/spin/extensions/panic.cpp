// An extension's broken invariant (an index out of bounds, say) is the kernel's to deal with.
// SPDX-License-Identifier: MIT
//
// Linked into every extension, with lib/assertions.cpp, which calls it when a run-time check fails.
#include "lib/panic.hpp"

#include "kernels/spin/interface/extension.hpp"

void panic(std::string_view why) { extension_failed(why); }
