// What a kit has in the place of author/: it cuts no kits, and grades nothing.
// SPDX-License-Identifier: MIT
#include "check.hpp"
#include "lab_command.hpp"

namespace lab {

std::vector<Case> made_cases(const Description& /*lab*/) { return {}; }

void add_grade(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("grade", "Points for what students handed in");
    command->allow_extras();
    command->callback([&chosen] {
        chosen = []() -> faultline::Exit {
            throw faultline::Failure(faultline::Exit::usage,
                                     "this is a lab's kit, which grades nothing",
                                     "What its code earns: ./faultline lab check");
        };
    });
}

void add_author_commands(CLI::App& /*lab*/, Chosen& /*chosen*/) {}

} // namespace lab
