// What only the tree can do: hand out labs.
// SPDX-License-Identifier: MIT
#include "cases.hpp"
#include "check.hpp"
#include "lab_command.hpp"
#include "start.hpp"

#include <memory>

namespace lab {

std::vector<Case> made_cases(const Description& lab) { return cases_of(lab, 0, Shown::visible); }

static void add_start(CLI::App& lab, Chosen& chosen) {
    auto options = std::make_shared<StartOptions>();
    auto* command = lab.add_subcommand("start", "Make a student's kit of a lab");
    command->add_option("lab", options->lab, "Its name or its number (./faultline lab list)")
        ->required();
    command->add_option("--out", options->out, "The folder to make")->required();
    command->add_option("--student", options->student,
                        "Whose kit it is: numbers and addresses in it are this student's");
    command->callback([options, &chosen] { chosen = [options] { return start(*options); }; });
}

void add_author_commands(CLI::App& lab, Chosen& chosen) { add_start(lab, chosen); }

} // namespace lab
