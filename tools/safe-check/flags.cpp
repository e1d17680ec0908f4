// From GCC's command lines to clang's.
// SPDX-License-Identifier: MIT
#include "flags.hpp"

#include "clang.hpp"

#include <clang-c/CXCompilationDatabase.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

namespace fs = std::filesystem;

namespace safe {

namespace {

using Strings = std::vector<std::string>;

std::string quoted(const std::string& word) {
    std::string all = "'";
    for (const char c : word)
        all += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return all + "'";
}

std::string output_of(const std::string& command) {
    std::string output;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr)
        return output;
    std::array<char, 4096> part{};
    while (fgets(part.data(), part.size(), pipe) != nullptr)
        output += part.data();
    pclose(pipe);
    return output;
}

// The compiler's folders of C++ headers; clang finds those of C by its target.
Strings cxx_headers(const std::string& compiler) {
    const std::string output =
        output_of("LC_ALL=C " + quoted(compiler) + " -E -x c++ /dev/null -v 2>&1 </dev/null");
    Strings all;
    bool listed = false;
    for (std::size_t at = 0; at < output.size();) {
        const std::size_t end = std::min(output.find('\n', at), output.size());
        const std::string line = output.substr(at, end - at);
        if (line.starts_with("#include <...>"))
            listed = true;
        if (line.starts_with("End of search list"))
            break;
        if (listed && line.starts_with(" /") && line.find("/c++/") != std::string::npos)
            all.push_back(line.substr(1));
        at = end + 1;
    }
    return all;
}

// "riscv64-linux-gnu" of ".../riscv64-linux-gnu-g++-12"; nothing of "g++".
std::string target_of(const std::string& compiler) {
    const std::string name = fs::path(compiler).filename();
    const std::size_t end = name.find("-g++");
    return end == std::string::npos ? "" : name.substr(0, end);
}

// clang 14 calls C++23 by its working name, and newer ones still know that.
std::string language(const std::string& flag) {
    if (flag == "-std=c++23")
        return "-std=c++2b";
    return flag == "-std=gnu++23" ? "-std=gnu++2b" : flag;
}

} // namespace

std::vector<Command> commands_of(const std::string& build, const std::string& source) {
    CXCompilationDatabase_Error error = CXCompilationDatabase_NoError;
    CXCompilationDatabase database = clang_CompilationDatabase_fromDirectory(build.c_str(), &error);
    if (error != CXCompilationDatabase_NoError)
        throw Missing(build + " holds no compile_commands.json: configure and build first");
    CXCompileCommands commands =
        clang_CompilationDatabase_getCompileCommands(database, source.c_str());
    std::vector<Command> all;
    const unsigned count = commands != nullptr ? clang_CompileCommands_getSize(commands) : 0;
    for (unsigned i = 0; i < count; ++i) {
        CXCompileCommand command = clang_CompileCommands_getCommand(commands, i);
        Command one{text(clang_CompileCommand_getDirectory(command)), {}};
        for (unsigned k = 0; k < clang_CompileCommand_getNumArgs(command); ++k)
            one.words.push_back(text(clang_CompileCommand_getArg(command, k)));
        all.push_back(std::move(one));
    }
    if (commands != nullptr)
        clang_CompileCommands_dispose(commands);
    clang_CompilationDatabase_dispose(database);
    return all;
}

Strings flags_for_compiler(const std::string& compiler) {
    static std::map<std::string, Strings> known;
    const auto at = known.find(compiler);
    if (at != known.end())
        return at->second;
    const Strings headers = cxx_headers(compiler);
    if (headers.empty())
        throw Missing(compiler + " does not say where its C++ headers are: is it installed?");
    Strings flags;
    const std::string target = target_of(compiler);
    if (!target.empty())
        flags.push_back("--target=" + target);
    if (target.starts_with("riscv64"))
        flags.emplace_back("-march=rv64imac");
    for (const std::string& header : headers)
        flags.push_back("-isystem" + header);
    // libstdc++ hides std::expected from clangs that understate what they know of concepts.
    flags.insert(flags.end(), {"-D__cpp_concepts=202002L", "-Wno-macro-redefined",
                               "-Wno-builtin-macro-redefined"});
    return known[compiler] = flags;
}

// A relative path of a command line is below the folder in which the command runs.
static std::string located(const std::string& option, const std::string& value,
                           const std::string& directory) {
    const bool path = option != "-D" && option != "-U";
    return path ? (fs::path(directory) / value).lexically_normal().string() : value;
}

Strings flags_of_command(const Strings& command, const std::string& directory) {
    static const Strings with_value{"-isystem", "-iquote", "-idirafter", "-include",
                                    "-I",       "-D",      "-U"};
    Strings flags;
    for (std::size_t i = 1; i < command.size(); ++i) {
        const std::string& word = command[i];
        if (word == "-ffreestanding" || word.starts_with("-std="))
            flags.push_back(language(word));
        for (const std::string& option : with_value) {
            if (!word.starts_with(option) || (word == option && i + 1 == command.size()))
                continue;
            const std::string value = word == option ? command[++i] : word.substr(option.size());
            flags.insert(flags.end(), {option, located(option, value, directory)});
            break;
        }
    }
    return flags;
}

std::vector<Strings> flags_from_build(const std::string& build, const std::string& source) {
    std::vector<Strings> all;
    std::set<Strings> seen;
    for (const Command& command : commands_of(build, source)) {
        if (command.words.empty())
            continue;
        Strings flags = flags_for_compiler(command.words.front());
        for (const std::string& flag : flags_of_command(command.words, command.directory))
            flags.push_back(flag);
        if (seen.insert(flags).second)
            all.push_back(flags);
    }
    if (all.empty())
        throw Missing(build + "/compile_commands.json does not compile " + source +
                      ": name a file with --like that it does, or give flags after --");
    return all;
}

} // namespace safe
