// One case of the rig under GDB, halted before it begins.
// SPDX-License-Identifier: MIT
//
// GDB starts QEMU itself and speaks with it through a pipe, so both end together.
#include "check.hpp"

#include "abi/lab_rig.hpp"
#include "commands.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <algorithm>

namespace lab {

using faultline::Exit;
using faultline::Failure;
using faultline::shell_quoted;

static const Case& case_named(const std::vector<Case>& cases, const std::string& name) {
    std::vector<std::string> names;
    for (const Case& made : cases) {
        if (made.is_rig() && made.name == name)
            return made;
        if (made.is_rig())
            names.push_back('"' + made.name + '"'); // there are commas in names
    }
    throw Failure(Exit::usage, "no case of the rig is called " + name,
                  faultline::suggestion('"' + name + '"', names));
}

Exit debug_case(const DebugCaseOptions& options) {
    const Description lab = lab_here(options.lab);
    const auto cases = visible_cases(lab);
    const Case& chosen = case_named(cases, options.name);
    const faultline::Scratch scratch;
    const auto queries = scratch.path() / "queries";
    faultline::write_file(queries, queries_of({&chosen}));
    const auto image = faultline::Tree::here().guest("debug") / rig_of(lab);
    const std::string machine =
        shell_quoted(faultline::find_qemu().string()) +
        " -M virt -cpu rv64,sstc=off -smp 1 -m 128 -nic none -display none -monitor none -serial "
        "none -S -gdb stdio -kernel " +
        shell_quoted(image.string()) + " -initrd " + shell_quoted(queries.string());
    std::vector<std::string> gdb = {"gdb-multiarch", "-q"};
    if (!options.gdb_commands.empty())
        gdb.emplace_back("-batch");
    gdb.push_back(image.string());
    for (const std::string& line :
         {std::string("set confirm off"), std::string("set pagination off"),
          "target remote | exec " + machine, std::string("tbreak take_steps"),
          std::string("continue")})
        gdb.insert(gdb.end(), {"-ex", line});
    for (const std::string& line : options.gdb_commands)
        gdb.insert(gdb.end(), {"-ex", line});
    faultline::Process debugger({.command = gdb});
    const auto ended = faultline::wait_for(debugger, faultline::Keyboard::is_for_the_child);
    return ended.status == 0 ? Exit::done : Exit::failed;
}

} // namespace lab
