// A program of the reader's own, compiled like the tree's programs and put beside them.
// SPDX-License-Identifier: MIT
//
// Next: observe.cpp, run.cpp or debug.cpp runs it as any other program.
#include "own_program.hpp"

#include "failure.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace faultline {

bool is_source_file(std::string_view name) {
    constexpr std::array<std::string_view, 7> endings = {".cpp", ".cc", ".cxx", ".C",
                                                         ".c++", ".cp", ".CPP"}; // as of GCC
    return std::ranges::any_of(endings, [&](const auto& ending) { return name.ends_with(ending); });
}

static void require_source(const std::filesystem::path& source,
                           const std::vector<std::string>& programs) {
    std::error_code error;
    const auto status = std::filesystem::status(source, error);
    if (std::filesystem::is_regular_file(status) && access(source.c_str(), R_OK) == 0)
        return;
    const auto name = visible(source.string());
    const std::string next = "Name a C++ source file, or a scenario: " + join(programs) + ".";
    if (status.type() == std::filesystem::file_type::not_found)
        throw Failure(Exit::usage, "there is no file " + name, next);
    if (error) // such as a loop of symbolic links
        throw Failure(Exit::usage, "cannot read " + name + ": " + error.message(), next);
    if (std::filesystem::is_directory(status))
        throw Failure(Exit::usage, name + " is a folder", next);
    if (!std::filesystem::is_regular_file(status))
        throw Failure(Exit::usage, name + " is no plain file", next);
    throw Failure(Exit::usage, "cannot read " + name + ": " + std::strerror(EACCES), next);
}

// What a compiler may take and leave: a source that includes itself twice would go on for years.
static constexpr Bounds COMPILER = {
    .time = std::chrono::seconds(120), .output = 64 << 20, .memory = std::uint64_t{3} << 30};

// It ended otherwise than by its own verdict on the source.
static void require_verdict(const Captured& built, const std::string& source) {
    const std::string messages = first_messages(built.output);
    if (built.timed_out)
        throw Failure(Exit::failed,
                      source + ": the compiler was ended after " +
                          std::to_string(COMPILER.time.count()) + " s\n" + messages,
                      "Look for an endless recursion of templates or of includes.");
    if (built.output.find("No space left on device") != std::string::npos)
        throw Failure(Exit::failed, source + ": the compiler found no room to write\n" + messages,
                      "Free some space, or name a folder on another disk in TMPDIR.");
    const bool huge = built.ended.signal == SIGXFSZ || built.output.size() >= COMPILER.output;
    if (huge)
        throw Failure(Exit::failed,
                      source + ": the compiler wrote more than " +
                          std::to_string(COMPILER.output >> 20) + " MiB\n" + messages,
                      "Look for an endless recursion of templates or of includes, or for a very "
                      "large array with values.");
}

void put_on_disk(const Program& program, const std::filesystem::path& disk) {
    const auto mkfs = Tree::here().mkfs();
    const auto made = capture({mkfs.string(), "--into", disk.string(), "--add",
                               "/bin/" + program.name + "=" + program.file.string()},
                              std::chrono::seconds(60));
    if (made.ended.status != 0 || made.ended.signal != 0)
        throw Failure(Exit::failed,
                      "your program cannot be put on the disk:\n" + last_lines(made.output, 8),
                      "Is it larger than what is free there, or TMPDIR full? Else build everything "
                      "again: ./faultline");
}

// The source's stem as a program name that no program of the tree has.
static std::string name_for(const std::filesystem::path& source, const Manifest& manifest) {
    std::string name;
    for (const char c : source.stem().string().substr(0, 40))
        name += std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' ? c : '-';
    const auto taken = manifest.program_names();
    while (std::ranges::find(taken, name) != taken.end())
        name += "-own";
    return name;
}

Program compile_own_program(const Manifest& manifest, const std::filesystem::path& source,
                            const std::filesystem::path& scratch) {
    require_source(source, manifest.program_names());
    const auto builder = manifest.folder / "build-program";
    if (!std::filesystem::exists(builder))
        throw Failure(Exit::failed,
                      builder.string() + " is not there: this guest build cannot "
                                         "compile programs of your own",
                      "Build everything again: ./faultline");
    const std::string name = name_for(source, manifest);
    const auto file = scratch / name;
    const auto built =
        capture({"env", "TMPDIR=" + scratch.string(), // for what the compiler leaves when killed
                 builder.string(), std::filesystem::absolute(source).string(), file.string()},
                COMPILER);
    require_space(scratch);
    require_verdict(built, visible(source.string()));
    const std::string messages = first_messages(built.output);
    const bool failed = built.ended.status != 0 || built.ended.signal != 0;
    if (failed && built.output.empty())
        throw Failure(Exit::failed,
                      visible(source.string()) +
                          ": the compiler left no message, as when no space is left in " +
                          scratch.parent_path().string() + " (" + grouped(free_kib(scratch)) +
                          " KiB are free)",
                      "Free some, or name a folder on another disk in TMPDIR.");
    if (failed || !std::filesystem::exists(file))
        throw Failure(Exit::failed, visible(source.string()) + " does not compile:\n" + messages,
                      "Mend the first message; a program may include \"user/lib/os.hpp\" and what "
                      "abi/ and lib/ offer.");
    std::fputs(messages.c_str(), stderr); // warnings
    return {.name = name, .file = file};
}

OwnProgram build_own_program(const Manifest& manifest, const std::filesystem::path& source,
                             const std::filesystem::path& scratch,
                             const std::filesystem::path& disk) {
    OwnProgram own{.program = compile_own_program(manifest, source, scratch),
                   .disk = {scratch / "disk.img", Disk::Writes::are_dropped}};
    copy_sparsely(disk, own.disk.file);
    put_on_disk(own.program, own.disk.file);
    return own;
}

std::filesystem::path folder_that_stays(const Manifest& manifest) {
    auto folder = manifest.folder / "own";
    std::filesystem::create_directories(folder);
    return folder;
}

} // namespace faultline
