// Places services/vm in the monolithic kernel: its frames and its page tables.
// SPDX-License-Identifier: MIT
//
// Each is the kernel's own; the service reaches it by a call that the compiler may inline.
#pragma once

#include "kernels/monolithic/frames.hpp"
#include "kernels/monolithic/paging.hpp"
#include "services/vm/without.hpp"

namespace vm {
using Frames = ::Frames;
using Translations = ::Translations;
using Swap = NoSwap;
using Files = NoFiles;
} // namespace vm
