// Places services/vm in the library OS: frames are held ones, called by their binding slots.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/exo/libos/frames.hpp"
#include "services/vm/stock.hpp"
#include "services/vm/without.hpp"

namespace vm {
using Frames = Stock<::HeldFrames>;
using Translations = NoTranslations;
using Swap = NoSwap;
using Files = NoFiles;
} // namespace vm
