// A function that is to run before the extension starts, with blanks between the brackets.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: attribute
// breaks: it runs before anything is checked or installed, if anybody calls constructors.
#include "kernels/spin/interface/extension.hpp"

// clang-format off
[ [ gnu :: constructor ] ] void early() { console_write("before the start\n"); }
// clang-format on

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) { return {}; }
