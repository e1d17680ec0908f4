// Places services/vm in the library OS: frames are held ones, called by the slots of their
// bindings. SPDX-License-Identifier: MIT
#pragma once

#include "kernels/exo/libos/frames.hpp"

namespace vm {
using Frames = ::HeldFrames;
} // namespace vm
