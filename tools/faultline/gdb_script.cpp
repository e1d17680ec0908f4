// What GDB is told: symbols of every image, the source folder, the first stop.
// SPDX-License-Identifier: MIT
//
// `set osabi none` matters: otherwise GDB takes the program for GNU/Linux and steps over ecall and
// sret with a breakpoint at pc + 4, so that one never sees the kernel.
#include "gdb_script.hpp"

#include "text.hpp"

namespace faultline {

static bool has_scenario(const Session& session) {
    return session.images.back().symbols.find("scenario_fault").has_value();
}

static std::vector<std::string> commands(const Session& session) {
    std::vector<std::string> result = {
        "set confirm off", // for the symbol files below; put back at the end
        "set osabi none",
        "set architecture riscv:rv64",
        "file " + session.images.front().symbols.file.string(),
    };
    for (std::size_t i = 1; i < session.images.size(); ++i)
        result.push_back("add-symbol-file " + session.images[i].symbols.file.string());
    const auto& program = session.images.back().symbols;
    const auto label = program.find("scenario_fault");
    result.push_back("directory " + session.source.string());
    result.push_back("target remote " + session.socket.string());
    result.push_back("thbreak *" + hex(label ? label->address : program.entry));
    result.emplace_back("continue");
    result.emplace_back("set confirm on");
    return result;
}

std::vector<std::string> connect_commands(const Session& session) {
    return commands(session);
}

std::string start_script(const Session& session) {
    std::string script;
    for (const auto& command : commands(session))
        script += command + "\n";
    const std::string where = has_scenario(session)
                                  ? "about to execute the faulting instruction of "
                                  : "at the first instruction (it names no fault of its own) of ";
    script += "echo \\n" + session.kernel + ": " + where + session.program + ".\\n\n";
    script += "x/i $pc\n";
    script +=
        "echo Next: stepi goes into the kernel; break fault_resolve (or fault_receive, "
        "fault_dispatch,\\nfault_frame, fault_fill, fault_install, fault_resume) and continue "
        "stop at each stage.\\n\n";
    return script;
}

} // namespace faultline
