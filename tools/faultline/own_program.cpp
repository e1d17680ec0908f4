// A program of the reader's own, compiled like the tree's programs and put beside them.
// SPDX-License-Identifier: MIT
//
// Next: observe.cpp runs it as any other scenario.
#include "own_program.hpp"

#include "failure.hpp"
#include "process.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace faultline {

static void add_to_disk(const std::filesystem::path& disk, const std::string& path,
                        const std::filesystem::path& file) {
    const auto mkfs = Tree::here().mkfs();
    const auto made =
        capture({mkfs.string(), "--into", disk.string(), "--add", path + "=" + file.string()},
                std::chrono::seconds(60));
    if (made.ended.status != 0 || made.ended.signal != 0)
        throw Failure(Exit::failed, "your program cannot be put on the disk:\n" + made.output,
                      "Make room in TMPDIR, or build everything again: ./faultline");
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

OwnProgram build_own_program(const Manifest& manifest, const std::filesystem::path& source,
                             const std::filesystem::path& scratch) {
    if (!std::filesystem::is_regular_file(source))
        throw Failure(Exit::usage, "there is no file " + source.string(),
                      "Name a C++ source file, or a scenario: " + join(manifest.program_names()) +
                          ".");
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
                std::chrono::seconds(120));
    if (built.ended.status != 0 || built.ended.signal != 0 || !std::filesystem::exists(file))
        throw Failure(Exit::failed, source.string() + " does not compile:\n" + built.output,
                      built.output.empty()
                          ? "The compiler left no message: is there room in TMPDIR?"
                          : "Mend the first message; a program may include \"user/lib/os.hpp\" and "
                            "what abi/ and lib/ offer.");
    std::fputs(built.output.c_str(), stderr); // warnings
    OwnProgram own{.program = {.name = name, .file = file},
                   .disk = {scratch / "disk.img", Disk::Writes::are_dropped}};
    copy_sparsely(manifest.disk, own.disk.file);
    add_to_disk(own.disk.file, "/bin/" + name, file);
    return own;
}

} // namespace faultline
