// Places services/vm in a test: all four parts are views of one Machine (../machine.hpp).
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/vm/machine.hpp"

namespace vm {
using Frames = ::MachineFrames;
using Translations = ::MachineTranslations;
using Swap = ::MachineSwap;
using Files = ::MachineFiles;
} // namespace vm
