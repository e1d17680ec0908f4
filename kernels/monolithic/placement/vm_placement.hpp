// Places services/vm in the monolithic kernel: frames come from its list, by number.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/monolithic/frames.hpp"

namespace vm {
using Frames = ::Frames;
} // namespace vm
