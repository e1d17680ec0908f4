// What GDB is told: symbols of every image that can run, the source folder, the first stop.
// SPDX-License-Identifier: MIT
//
// `set osabi none` matters: otherwise GDB takes the program for GNU/Linux and steps over ecall and
// sret with a breakpoint at pc + 4, so that one never sees the kernel. Next: begin() in
// tools/gdb/faultline/stop.py.
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

// A string literal of Python's.
static std::string literal(const std::string& text) {
    std::string result = "'";
    for (const char c : text)
        result += (c == '\'' || c == '\\' ? "\\" : "") + std::string(1, c);
    return result + "'";
}

FirstStop first_stop(const Symbols& program, FirstStop without) {
    return program.find("scenario_fault") ? FirstStop::label : without;
}

static std::vector<std::string> setup_commands(const Session& session) {
    std::vector<std::string> result = {
        "set osabi none",
        "set architecture riscv:rv64",
        "file " + word(session.images.front().symbols.file),
    };
    for (std::size_t i = 1; i < session.images.size(); ++i)
        result.push_back("add-symbol-file " + word(session.images[i].symbols.file));
    for (const auto& other : session.others)
        result.push_back("add-symbol-file " + word(other.symbols.file));
    // The trap road is a signal frame to GDB, which then shows no source line: show the
    // instruction.
    result.emplace_back("set disassemble-next-line auto");
    result.push_back("directory " + word(session.source));
    result.push_back("target remote " + session.socket.string());
    return result;
}

static std::string source_command(const Session& session) {
    return "source " + (session.source / "tools" / "gdb" / "start.py").string();
}

static std::string begin_command(const Session& session) {
    const auto& program = session.images.back().symbols;
    const Range slots = slots_of(program.range);
    std::string text = "python faultline.stop.begin(" + literal(session.kernel) + ", " +
                       literal(session.program) + ", " + literal(session.build) + ", (" +
                       hex(slots.low) + ", " + hex(slots.high) + "), ";
    switch (session.stop) {
    case FirstStop::label:
        text += "'label', " + hex(program.find("scenario_fault")->address);
        break;
    case FirstStop::start:
        text += "'start', " + hex(program.entry);
        break;
    case FirstStop::fault:
        text += "'fault'";
        break;
    }
    if (!session.keyboard.empty())
        text += ", keyboard=" + literal(session.keyboard.string());
    if (program.find("os_read")) // a program names what it calls (user/program.ld.S)
        text += ", reads=True";
    return text + ")";
}

std::vector<std::string> connect_commands(const Session& session) {
    auto result = setup_commands(session);
    result.insert(result.begin(),
                  "set confirm off"); // else each symbol file asks; a script's do not
    result.push_back(source_command(session));
    result.push_back(begin_command(session));
    return result;
}

std::string start_script(const Session& session) {
    std::string script = source_command(session) + "\n";
    for (const auto& command : setup_commands(session))
        script += "quietly " + command + "\n";
    return script + begin_command(session) + "\n";
}

} // namespace faultline
