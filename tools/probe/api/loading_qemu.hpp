// What differs between the versions of QEMU that may load a plugin of ours.
// SPDX-License-Identifier: MIT
#pragma once

#include "qemu_api.hpp"

#include <cstring>
#include <dlfcn.h>

namespace probe {

// QEMU 9.0 refuses plugins below API version 2, older ones those above their own; each level is
// known by a function that came with it. Level 3 brought none, and is accepted as level 2.
inline int level_of_loading_qemu() {
    const auto has = [](const char* name) { return dlsym(RTLD_DEFAULT, name) != nullptr; };
    if (has("qemu_plugin_write_register"))
        return 5;
    if (has("qemu_plugin_read_memory_vaddr"))
        return 4;
    return has("qemu_plugin_scoreboard_new") ? 2 : 1;
}

// From API version 3 on, qemu_plugin_insn_data copies.
inline bool copies_data(const qemu_info_t& info) { return info.version.cur >= 3; }

// The instruction's bits.
inline std::uint32_t encoding(const qemu_plugin_insn* insn, std::size_t size, bool data_is_copied) {
    std::uint32_t word = 0;
    auto* symbol = dlsym(RTLD_DEFAULT, "qemu_plugin_insn_data");
    if (data_is_copied) {
        using Copying = std::size_t (*)(const qemu_plugin_insn*, void*, std::size_t);
        reinterpret_cast<Copying>(symbol)(insn, &word, size);
    } else {
        using Pointing = const void* (*)(const qemu_plugin_insn*);
        std::memcpy(&word, reinterpret_cast<Pointing>(symbol)(insn), size);
    }
    return word;
}

} // namespace probe
