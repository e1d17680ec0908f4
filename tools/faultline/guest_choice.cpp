// Options that compare, run and debug share: which guest, on which variant of the machine.
// SPDX-License-Identifier: MIT
//
// Between main.cpp, which fills them, and manifest.cpp and machine.cpp, which act on them.
#include "commands.hpp"
#include "tree.hpp"

namespace faultline {

MachineChoice GuestChoice::machine() const {
    MachineChoice choice{
        .timer = timer == "sstc" ? Timer::sstc : Timer::sbi, .memory = memory, .boot = boot};
    if (!firmware.empty())
        choice.firmware = firmware;
    return choice;
}

Manifest GuestChoice::manifest() const {
    return load_manifest(folder.empty() ? Tree::here().guest(build)
                                        : std::filesystem::path(folder));
}

} // namespace faultline
