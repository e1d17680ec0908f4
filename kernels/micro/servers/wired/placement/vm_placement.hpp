// Places services/vm in the pager: frames come from its window; the kernel has the page tables.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/library/window_frames.hpp"
#include "services/vm/stock.hpp"
#include "services/vm/without.hpp"

namespace vm {
using Frames = Stock<::WindowFrames>;
using Translations = NoTranslations;
using Swap = NoSwap;
using Files = NoFiles;
} // namespace vm
