// What differs between the versions of QEMU that may load a plugin of ours.
// SPDX-License-Identifier: MIT
#pragma once

#include "qemu_api.hpp"

#include <climits>
#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace probe {

// The version of the QEMU that this process is, as "--version" tells it: 11.1.2 is {11, 1}.
inline std::pair<int, int> version_of_loading_qemu() {
    char path[PATH_MAX + 1] = {};
    if (readlink("/proc/self/exe", path, PATH_MAX) <= 0)
        return {};
    int ends[2];
    if (pipe(ends) != 0)
        return {};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    char option[] = "--version";
    char* arguments[] = {path, option, nullptr};
    pid_t child = 0;
    const bool started = posix_spawn(&child, path, &actions, nullptr, arguments, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    std::string text;
    char piece[256];
    for (ssize_t got = 0; started && (got = read(ends[0], piece, sizeof piece)) > 0;)
        text.append(piece, static_cast<std::size_t>(got));
    close(ends[0]);
    if (started)
        waitpid(child, nullptr, 0);
    std::pair<int, int> version;
    std::sscanf(text.c_str(), "QEMU emulator version %d.%d", &version.first, &version.second);
    return version;
}

// QEMU 9.0 refuses plugins below API version 2, 11.1 those below 7, and each those above its own.
// A level is known by a function that came with it. Level 3 brought none, and is accepted as level
// 2; 6 is accepted as 5; 7 brought none either, and is known by QEMU's own version.
inline int level_of_loading_qemu() {
    const auto has = [](const char* name) { return dlsym(RTLD_DEFAULT, name) != nullptr; };
    if (has("qemu_plugin_register_vcpu_syscall_filter_cb") &&
        version_of_loading_qemu() >= std::pair(11, 1))
        return 7;
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

// What is called for each block that is translated, and at the end.
struct Callbacks {
    void (*translated)(qemu_plugin_tb* block) = nullptr;
    void (*leaving)() = nullptr;
};
inline Callbacks callbacks;

// From API version 7 on, a callback gets what was registered with it, and no id of the plugin.
namespace callback_up_to_6 {
inline void translated(qemu_plugin_id_t /*id*/, qemu_plugin_tb* block) {
    callbacks.translated(block);
}
inline void leaving(qemu_plugin_id_t /*id*/, void* /*data*/) { callbacks.leaving(); }
} // namespace callback_up_to_6
namespace callback_from_7 {
inline void translated(qemu_plugin_tb* block, void* /*data*/) { callbacks.translated(block); }
inline void leaving(void* /*data*/) { callbacks.leaving(); }
} // namespace callback_from_7

inline void register_callbacks(qemu_plugin_id_t id, const qemu_info_t& info, Callbacks given) {
    callbacks = given;
    auto* on_translation = dlsym(RTLD_DEFAULT, "qemu_plugin_register_vcpu_tb_trans_cb");
    auto* at_exit = dlsym(RTLD_DEFAULT, "qemu_plugin_register_atexit_cb");
    if (info.version.cur >= 7) {
        using OnTranslation =
            void (*)(qemu_plugin_id_t, decltype(&callback_from_7::translated), void*);
        using AtExit = void (*)(qemu_plugin_id_t, decltype(&callback_from_7::leaving), void*);
        reinterpret_cast<OnTranslation>(on_translation)(id, callback_from_7::translated, nullptr);
        reinterpret_cast<AtExit>(at_exit)(id, callback_from_7::leaving, nullptr);
    } else {
        using OnTranslation = void (*)(qemu_plugin_id_t, decltype(&callback_up_to_6::translated));
        using AtExit = void (*)(qemu_plugin_id_t, decltype(&callback_up_to_6::leaving), void*);
        reinterpret_cast<OnTranslation>(on_translation)(id, callback_up_to_6::translated);
        reinterpret_cast<AtExit>(at_exit)(id, callback_up_to_6::leaving, nullptr);
    }
}

} // namespace probe
