// What GDB is told: symbols of every image, the source folder, the first stop.
// SPDX-License-Identifier: MIT
//
// `set osabi none` matters: otherwise GDB takes the program for GNU/Linux and steps over ecall and
// sret with a breakpoint at pc + 4, so that one never sees the kernel.
#include "gdb_script.hpp"

#include "text.hpp"

namespace faultline {

// A path as one word of GDB's.
static std::string word(const std::filesystem::path& path) {
    std::string text = path.string();
    if (text.find_first_of(" \t'\"\\") == text.npos)
        return text;
    std::string result = "\"";
    for (const char c : text)
        result += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
    return result + "\"";
}

static std::vector<std::string> commands(const Session& session) {
    std::vector<std::string> result = {
        "set osabi none",
        "set architecture riscv:rv64",
        "file " + word(session.images.front().symbols.file),
    };
    for (std::size_t i = 1; i < session.images.size(); ++i)
        result.push_back("add-symbol-file " + word(session.images[i].symbols.file));
    const auto& program = session.images.back().symbols;
    const auto label = program.find("scenario_fault");
    // The trap road is a signal frame to GDB, which then shows no source line: show the
    // instruction.
    result.emplace_back("set disassemble-next-line auto");
    result.push_back("directory " + word(session.source));
    result.push_back("source " + word(session.source / "tools" / "gdb" / "start.py"));
    result.push_back("target remote " + session.socket.string());
    result.push_back("thbreak *" + hex(label ? label->address : program.entry));
    result.emplace_back("continue");
    return result;
}

std::vector<std::string> connect_commands(const Session& session) {
    auto result = commands(session);
    result.insert(result.begin(),
                  "set confirm off"); // else each symbol file asks; a script's do not
    return result;
}

std::string start_script(const Session& session) {
    std::string script;
    for (const auto& command : commands(session))
        script += command + "\n";
    const auto& program = session.images.back().symbols;
    const auto label = program.find("scenario_fault");
    const std::string where = label ? "about to execute the faulting instruction of "
                                    : "at the first instruction (it names no fault of its own) of ";
    script += "if $pc == " + hex(label ? label->address : program.entry) + "\n";
    script += "  echo \\n" + session.kernel + ": " + where + session.program + ".\\n\n";
    script += "else\n  echo \\nStopped elsewhere, before that instruction was reached.\\n\nend\n";
    // From the file: the page itself may not be in memory before its first instruction faults.
    script += "set trust-readonly-sections on\nx/i $pc\nset trust-readonly-sections off\n";
    script +=
        "echo Next: stepi goes into the kernel; break fault_resolve (or fault_receive, "
        "fault_dispatch,\\nfault_frame, fault_fill, fault_install, fault_resume) and continue "
        "stop at each stage.\\n\n";
    return script;
}

} // namespace faultline
