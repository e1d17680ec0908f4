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

static constexpr std::size_t BLOCK = 512; // of a tar archive

static std::string padded_to_block(std::string text) {
    text.resize((text.size() + BLOCK - 1) / BLOCK * BLOCK);
    return text;
}

static std::string ustar_header(const std::string& member, std::size_t size) {
    std::string header(BLOCK, '\0');
    const auto put = [&](std::size_t offset, const std::string& field) {
        header.replace(offset, field.size(), field);
    };
    const auto octal = [](std::size_t value, int digits) {
        char text[32];
        std::snprintf(text, sizeof text, "%0*zo", digits, value);
        return std::string(text);
    };
    put(0, member);
    put(100, octal(0755, 7));  // mode
    put(108, octal(0, 7));     // owner
    put(116, octal(0, 7));     // group
    put(124, octal(size, 11)); // bytes
    put(136, octal(0, 11));    // time
    put(148, "        ");      // the checksum counts its own field as blanks
    put(156, "0");             // a plain file
    put(257, std::string("ustar\0", 6) + "00");
    std::size_t sum = 0;
    for (const char c : header)
        sum += static_cast<unsigned char>(c);
    put(148, octal(sum, 6) + std::string("\0 ", 2));
    return header;
}

// Where the archive's end mark (blocks of zeroes) begins.
static std::size_t end_of_members(const std::string& archive) {
    std::size_t at = 0;
    while (at + BLOCK <= archive.size() && archive[at] != '\0') {
        const auto size = std::strtoull(archive.substr(at + 124, 12).c_str(), nullptr, 8);
        at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
    }
    return std::min(at, archive.size());
}

std::string archive_with(std::string archive, const std::string& member,
                         const std::string& content) {
    archive.resize(end_of_members(archive));
    archive += ustar_header(member, content.size());
    archive += padded_to_block(content);
    archive.resize(archive.size() + 2 * BLOCK);
    return archive;
}

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
    OwnProgram own{.program = {.name = name, .file = file},
                   .media = {.initrd = scratch / "initrd.tar"}};
    write_file(own.media.initrd,
               archive_with(read_file(manifest.initrd), "bin/" + name, read_file(file)));
    if (manifest.disk) {
        own.media.disk = Disk{scratch / "disk.img", Disk::Writes::are_dropped};
        copy_sparsely(*manifest.disk, own.media.disk->file);
        add_to_disk(own.media.disk->file, "/bin/" + name, file);
    }
    return own;
}

} // namespace faultline
