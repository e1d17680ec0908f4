// Machine: the console's keys, what the machine was asked to do, and its end.
// SPDX-License-Identifier: MIT
//
// What an extension of the system sees of ../machine.cpp. Not of SpinPublic: whoever is the
// machine's operating system gets it (extension.cpp).
#pragma once

#include "abi/machine_exit.hpp" // what an extension ends the machine with
#include "lib/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace spin {

// A key was pressed. On whatever strand runs, or on none's behalf: it does not block.
struct Key {
    std::byte byte;
};
using KeyHandler = void (*)(const Key& event);
// Whether somebody waits for a key: then a machine where nobody is ready is not stuck.
using KeyQuestion = bool (*)();

} // namespace spin

extern "C" {

// The words of the machine's command line, separated by blanks.
std::string_view machine_arguments();

// TEXT on the console as it is, for whoever edits lines itself.
void machine_put(std::string_view text);

// HANDLER is called for each key, and IS_AWAITED where nobody is ready. invalid: one is no code of
// an extension.
Result<void> machine_install_keys(spin::KeyHandler handler, spin::KeyQuestion is_awaited);

// Ends the machine with CODE (abi/machine_exit.hpp).
[[noreturn]] void machine_end(std::uint8_t code);
}
