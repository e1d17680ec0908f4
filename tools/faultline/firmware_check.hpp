// Boots the bare firmware under the probe: does QEMU load plugins, and which OpenSBI is it?
// SPDX-License-Identifier: MIT
//
// For doctor.cpp: the proof is a boot, not a version number.
#pragma once

#include "version.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace faultline {

enum class Plugins { work, refused, untried };

struct FirmwareCheck {
    Plugins plugins = Plugins::untried;
    std::optional<Version> version; // of OpenSBI, from the line that it prints at boot
    std::string errors;             // QEMU's words when it refused
};

FirmwareCheck boot_firmware(const std::string& firmware, const std::filesystem::path& probe);

} // namespace faultline
