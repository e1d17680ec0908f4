// Boots the bare firmware under the probe: does QEMU load plugins, and which OpenSBI is it?
// SPDX-License-Identifier: MIT
//
// For doctor.cpp: the proof is a boot, not a version number.
#pragma once

#include "version.hpp"

#include <cstdint>
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

// Where the firmware puts the device tree of a machine that has much memory, as its banner says.
// Nothing: it does not say so.
std::optional<std::uint64_t> firmware_tree_address(const std::filesystem::path& firmware);

} // namespace faultline
