// Places services/vm in the pager: frames come from its window; the kernel has the page tables.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/servers/pager/frames.hpp"
#include "services/vm/stock.hpp"
#include "services/vm/without.hpp"

namespace vm {
// As many as a heap of the largest size needs, and what a node holds beyond.
using Frames = Stock<::WindowFrames, 2048>;
using Translations = NoTranslations;
using Swap = NoSwap;
using Files = NoFiles;
} // namespace vm
