// What every extension has to do with the kernel: its start, its end, and the interface's version.
// SPDX-License-Identifier: MIT
//
// The kernel's side of it is ../extension.cpp.
#pragma once

#include "kernels/spin/interface/translation.hpp"

#include <string_view>

namespace spin {

// A program that the extension is to page.
struct Program {
    TranslationContext context; // of none, if there is no program for it
    VirtAddr heap_start;        // the heap may grow from here
    VirtAddr heap_limit;        // up to here
};

} // namespace spin

extern "C" {

// The one name that an extension exports: called once, before PROGRAM runs. It installs handlers,
// and takes its frames from FRAMES. An error means that the program cannot start.
Result<void> extension_start(spin::FrameQuota frames, const spin::Program& program);

// A run-time check of the extension failed: says whose and WHY, and takes the extension away.
[[noreturn]] void extension_failed(std::string_view why);

// TEXT on the console.
void console_write(std::string_view text);

// A linked name says nothing of its parameters and layouts, so the interface as a whole has one. It
// gets the next number with every change: an object that was compiled against another interface
// then wants a name that nobody exports.
extern const char spin_interface_2;
}

namespace spin {
[[gnu::used]] inline const char& interface_version = spin_interface_2;
} // namespace spin
