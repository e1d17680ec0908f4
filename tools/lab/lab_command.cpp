// `./faultline lab`, and its word `list`.
// SPDX-License-Identifier: MIT
#include "lab_command.hpp"

#include "check.hpp"
#include "description.hpp"
#include "kit.hpp"

#include "commands.hpp"
#include "table.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <memory>

namespace lab {

using faultline::Exit;
using faultline::Tree;

static std::string line_of(const Description& lab) {
    const std::string number = std::to_string(lab.number);
    std::string line = (number.size() < 2 ? " " : "") + number + "  " + lab.name.substr(3);
    line.resize(std::max<std::size_t>(line.size(), 22), ' ');
    line += "  " + std::to_string(lab.points()) + " points, " + lab.time + "\n";
    for (const std::string& about : faultline::lines_of(faultline::wrapped(lab.about, 74)))
        line += "    " + about + "\n";
    return line;
}

static Exit list() {
    const auto top = Tree::here().top;
    std::string text;
    for (const auto& folder : lab_folders(top))
        text += line_of(read_description(folder));
    const bool is_kit = read_kit(top).has_value();
    faultline::print(text + (is_kit ? "\nThis is its kit: ./faultline lab check\n"
                                    : "\nA kit: ./faultline lab start NAME --out DIR\n"));
    return Exit::done;
}

static void add_check(CLI::App& lab, Chosen& chosen) {
    auto options = std::make_shared<CheckOptions>();
    auto* command = lab.add_subcommand("check", "Points of this kit's code, and what is wrong");
    command->add_option("task", options->task, "Only this task");
    command->add_option("--lab", options->lab, "In the tree, which is no kit: which lab");
    command->callback([options, &chosen] { chosen = [options] { return check(*options); }; });
}

static void add_debug(CLI::App& lab, Chosen& chosen) {
    auto options = std::make_shared<DebugCaseOptions>();
    auto* command = lab.add_subcommand("debug", "One case of the lab's rig under GDB");
    command->add_option("case", options->name, "Its name, as `lab check` shows it")->required();
    command->add_option("--lab", options->lab, "In the tree, which is no kit: which lab");
    command
        ->add_option("--gdb-command", options->gdb_commands,
                     "Run this in GDB, then end (repeatable)")
        ->allow_extra_args(false);
    command->callback([options, &chosen] { chosen = [options] { return debug_case(*options); }; });
}

void add_lab(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("lab", "Labs: list them, get one, check one's work");
    command->require_subcommand(1);
    command->add_subcommand("list", "Which labs there are")->callback([&chosen] { chosen = list; });
    add_check(*command, chosen);
    add_debug(*command, chosen);
    add_author_commands(*command, chosen);
}

} // namespace lab
