// What a kit has in the place of author/: it cuts no kits.
// SPDX-License-Identifier: MIT
#include "lab_command.hpp"

namespace lab {

void add_author_commands(CLI::App& /*lab*/, Chosen& /*chosen*/) {}

} // namespace lab
