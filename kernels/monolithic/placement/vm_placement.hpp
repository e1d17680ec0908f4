// Places services/vm in the monolithic kernel: its frames, page tables, swap device and files.
// SPDX-License-Identifier: MIT
//
// Each is the kernel's own; the service reaches it by a call that the compiler may inline.
#pragma once

#include "kernels/monolithic/frames.hpp"
#include "paging.hpp"

namespace vm {
using Frames = ::Frames;
using Translations = ::Translations;
using Swap = ::SwapArea;
using Files = ::MappedFiles;
} // namespace vm
