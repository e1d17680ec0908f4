// What the machine's command line asks of a UNIX system: its configuration, and process 1.
// SPDX-License-Identifier: MIT
//
// What is wrong is said on world::Console, in the same words by every kernel; then whoever boots
// ends the machine with machine_exit::CANNOT_LOAD.
#pragma once

#include "services/exec/boot_arguments.hpp"

#include <optional>

namespace call {

// None: it was said what is wrong.
std::optional<exec::Configuration> configuration_asked_for(std::string_view arguments);

// Process 1 with the program of `program=NAME`, which opens its own descriptors, or with init,
// which has the console. It runs when others let it. false: it was said what is wrong.
bool start_program(std::string_view arguments);

} // namespace call
