// The steps: mostly calls of other programs.
// SPDX-License-Identifier: MIT
#include "steps.hpp"

#include "check.hpp"
#include "failure.hpp"
#include "object_check.hpp"
#include "process.hpp"
#include "signing.hpp"
#include "text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iostream>

namespace fs = std::filesystem;

namespace spin_cc {

namespace {

using faultline::Exit;
using faultline::Failure;
using Words = std::vector<std::string>;

constexpr auto LIMIT = std::chrono::minutes(10); // a guard against a hung compiler

// What GCC itself sees is an error, and no call takes more of a kernel stack than its guard page
// would notice.
constexpr std::array STRICT{"-Werror", "-Wframe-larger-than=2048"};

std::string run(const Words& command, const std::string& step) {
    const faultline::Captured ran = faultline::capture(command, LIMIT);
    if (ran.timed_out || ran.ended.status != 0 || ran.ended.signal != 0)
        throw Failure(Exit::failed, step + " failed:\n" + ran.output,
                      "The command was: " + faultline::shell_line(command));
    return ran.output;
}

// By make_one_unit.
bool is_made(const Path& unit) { return unit.string().ends_with(".unit.cpp"); }

safe::Command only_command(const Path& folder, const Path& like) {
    std::vector<safe::Command> all = safe::commands_of(folder, like);
    if (all.size() != 1)
        throw Failure(Exit::usage,
                      folder.string() + " compiles " + like.string() + " in " +
                          std::to_string(all.size()) + " ways, not one",
                      "Name a source of one extension with --like.");
    return all.front();
}

} // namespace

// What libclang adds to a command of the database, for itself.
static bool is_of_libclang(const std::string& word) {
    return word == "--" || word.starts_with("--driver-mode=") || word.starts_with("--target=");
}

bool is_built(const Path& folder, const Path& source) {
    const auto commands =
        nlohmann::json::parse(faultline::read_file(folder / "compile_commands.json"));
    return std::ranges::any_of(
        commands, [&](const auto& command) { return command.at("file") == source.string(); });
}

Pattern::Pattern(const Path& folder, const Path& like) : command_(only_command(folder, like)) {
    for_clang_ = safe::flags_for_compiler(command_.words.front());
    for (const std::string& flag : safe::flags_of_command(command_.words, command_.directory))
        for_clang_.push_back(flag);
    Words kept;
    for (std::size_t i = 0; i < command_.words.size(); ++i) {
        const std::string& word = command_.words[i];
        if (word == "-o")
            ++i; // and its file
        else if (word != "-c" && !is_of_libclang(word) && !word.ends_with(like.filename().string()))
            kept.push_back(word);
    }
    command_.words = kept;
}

Words Pattern::command(const Path& source, const Path& object, const Path& target) const {
    Words words = command_.words;
    words.insert(words.end(), STRICT.begin(), STRICT.end());
    words.insert(words.end(), {"-MD", "-MT", target.string(), "-MF", target.string() + ".d"});
    words.insert(words.end(), {"-c", source.string(), "-o", object.string()});
    return words;
}

std::string Pattern::program(const std::string& name) const {
    const std::string said =
        run({command_.words.front(), "-print-prog-name=" + name}, "looking for " + name);
    return said.substr(0, said.find('\n'));
}

Path make_one_unit(const Paths& sources, const Path& place) {
    if (sources.size() == 1)
        return sources.front();
    std::string text = "// One translation unit of all sources of an extension; made by spin-cc.\n";
    for (const Path& source : sources)
        text += "#include \"" + source.string() + "\"\n";
    faultline::write_file(place, text);
    return place;
}

bool check(const Path& unit, const Pattern& pattern, const Path& tree) {
    bool is_safe = true;
    for (const safe::Finding& finding :
         safe::check_contained(unit.string(), pattern.for_clang(), safe::Folders::of_tree(tree))) {
        // Of a unit that was made here, the lines that include its sources.
        if (finding.rule == safe::Rule::include && is_made(unit))
            continue;
        std::cerr << safe::to_string(finding) << '\n';
        is_safe = false;
    }
    return is_safe;
}

void compile(const Path& unit, const Path& object, const Path& target, const Pattern& pattern) {
    run(pattern.command(unit, object, target), "compiling");
}

void merge(const Paths& objects, const Path& merged, const Path& script, const Pattern& pattern) {
    // Templates come in groups of their own, which have to be dissolved.
    Words words{
        pattern.program("ld"), "-r", "--force-group-allocation", "-T", script.string(), "-o",
        merged.string()};
    for (const Path& object : objects)
        words.push_back(object.string());
    run(words, "merging");
}

void finish(const Path& merged, const Path& finished, const Interface& interface,
            const Pattern& pattern) {
    std::string names;
    for (const auto& [name, full] : interface)
        names.append(name).append(" ").append(full).append("\n");
    const Path list = finished.string() + ".names";
    faultline::write_file(list, names);
    // GNU ld keeps what only a linker could do with constants that are all strings.
    run({pattern.program("objcopy"), "--strip-unneeded", "--redefine-syms=" + list.string(),
         "--set-section-flags", ".rodata=alloc,load,readonly,data,contents", merged.string(),
         finished.string()},
        "naming");
}

void check_object(const Path& object) {
    const std::string why = why_refused(faultline::read_file(object));
    if (!why.empty())
        throw Failure(Exit::failed, object.filename().string() + " would be refused: " + why,
                      "docs/spin.md says what each of the kernel's refusals is about.");
}

void sign(const Path& object) {
    faultline::write_file(object, with_signature(faultline::read_file(object)));
}

} // namespace spin_cc
