// Places services/vm in the pager: frames come from its window and are called by the page there.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/servers/pager/frames.hpp"

namespace vm {
using Frames = ::WindowFrames;
} // namespace vm
