// mkfs: makes, checks, lists and changes disk images of the file system (docs/file-system.md).
// SPDX-License-Identifier: MIT
//
// The build calls it for disk.img. Exit codes: 0 done; 1 it could not be done, or --check found
// errors; 2 wrong usage.
#include "check.hpp"
#include "failure.hpp"
#include "format.hpp"
#include "image_file.hpp"
#include "tree.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <iostream>
#include <optional>

namespace {

using mkfs::Failure;

struct Usage : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Request {
    std::string image;
    fs::Geometry geometry{.blocks = 8192, .inodes = 1024, .log = 256, .swap = 8192};
    std::vector<std::string> files;
    std::vector<std::string> directories;
    std::vector<std::string> devices;
    std::vector<std::string> links;
    std::vector<std::string> extracts;
    std::optional<std::uint32_t> spare; // of blocks, in an image that fits
    bool into = false;
    bool check = false;
    bool list = false;
};

// "A=B" at its first equals sign.
std::pair<std::string, std::string> split(const std::string& word, const std::string& option) {
    const std::size_t at = word.find('=');
    if (at == word.npos || at == 0 || at + 1 == word.size())
        throw Usage(option + " wants PATH=..., not " + word);
    return {word.substr(0, at), word.substr(at + 1)};
}

std::string on_image(const std::string& path) { return path[0] == '/' ? path : "/" + path; }

std::uint16_t device_number(std::string_view text, const std::string& word) {
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        throw Usage("--device wants PATH=MAJOR,MINOR, not " + word);
    return number;
}

// How many blocks what is in DISK needs then.
std::uint32_t fill(mkfs::Disk& disk, const Request& request) {
    mkfs::Tree tree(disk, request.image);
    for (const std::string& directory : request.directories)
        tree.add_directory(on_image(directory));
    for (const std::string& word : request.devices) {
        const auto [path, numbers] = split(word, "--device");
        const std::size_t comma = std::min(numbers.find(','), numbers.size());
        const std::string minor = comma < numbers.size() ? numbers.substr(comma + 1) : "0";
        tree.add_device(on_image(path), device_number(numbers.substr(0, comma), word),
                        device_number(minor, word));
    }
    for (const std::string& word : request.files) {
        const auto [path, file] = split(word, "--add");
        tree.add_file(on_image(path), mkfs::read_host_file(file));
    }
    for (const std::string& word : request.links) {
        const auto [path, existing] = split(word, "--link");
        tree.add_link(on_image(path), on_image(existing));
    }
    return tree.finish();
}

mkfs::Disk make(const fs::Geometry& geometry) {
    auto disk = mkfs::format(geometry);
    if (!disk)
        throw Failure("no file system can have " + std::to_string(geometry.blocks) + " blocks, " +
                      std::to_string(geometry.inodes) + " inodes, " + std::to_string(geometry.log) +
                      " of log and " + std::to_string(geometry.swap) + " of swap");
    return std::move(*disk);
}

mkfs::Disk make_filled(const Request& request) {
    fs::Geometry geometry = request.geometry;
    mkfs::Disk disk = make(geometry);
    const std::uint64_t needed = fill(disk, request);
    if (!request.spare || needed + *request.spare >= geometry.blocks)
        return disk;
    geometry.blocks = needed + *request.spare;
    mkfs::Disk fitting = make(geometry);
    fill(fitting, request);
    return fitting;
}

int check(const Request& request) {
    const mkfs::Checked checked = mkfs::check(mkfs::load_image(request.image));
    if (checked.pending != 0)
        std::cout << request.image << ": a committed log of " << checked.pending
                  << " blocks is pending; checked as the next mount will see it\n";
    if (checked.orphans != 0)
        std::cout << request.image << ": " << checked.orphans
                  << " inodes without a name, which the next mount frees\n";
    for (const std::string& error : checked.errors)
        std::cout << request.image << ": " << error << "\n";
    if (checked.more_errors != 0)
        std::cout << request.image << ": and " << checked.more_errors << " more\n";
    if (!checked.errors.empty())
        return 1;
    std::cout << request.image << ": consistent: " << checked.files << " files, "
              << checked.directories << " directories, " << checked.used_blocks << " blocks\n";
    return 0;
}

int run(const Request& request) {
    const bool changes = !request.files.empty() || !request.directories.empty() ||
                         !request.devices.empty() || !request.links.empty();
    const bool looks = request.check || request.list || !request.extracts.empty();
    if (looks && (changes || request.into || request.spare))
        throw Usage("--check, --list and --extract change nothing: call mkfs twice");
    if (request.into || !looks) {
        if (request.into && request.spare)
            throw Usage("--fit is for an image that is made");
        mkfs::Disk disk = request.into ? mkfs::load_image(request.image) : make_filled(request);
        if (request.into)
            fill(disk, request);
        mkfs::save_image(request.image, disk);
        return 0;
    }
    if (request.check)
        if (const int code = check(request); code != 0)
            return code;
    if (!request.list && request.extracts.empty())
        return 0;
    mkfs::Disk disk = mkfs::load_image(request.image);
    mkfs::Tree tree(disk, request.image);
    if (request.list)
        tree.list(std::cout);
    for (const std::string& word : request.extracts) {
        const auto [path, file] = split(word, "--extract");
        const std::string inside = on_image(path);
        mkfs::write_host_file(file, tree.file_size(inside),
                              [&](std::uint64_t offset, std::uint64_t count) {
                                  std::string piece = tree.read(inside, offset, count);
                                  if (piece.size() != count)
                                      throw Failure(inside + ": malformed");
                                  return piece;
                              });
    }
    return 0;
}

void declare(CLI::App& app, Request& request) {
    app.add_option("IMAGE", request.image, "The image")->required();
    app.add_option("--blocks", request.geometry.blocks, "Blocks of 4 KiB, swap not counted")
        ->capture_default_str();
    app.add_option("--fit", request.spare,
                   "As many of --blocks as what is added needs, and so many free ones");
    app.add_option("--inodes", request.geometry.inodes, "Files and directories at most")
        ->capture_default_str();
    app.add_option("--log", request.geometry.log, "Blocks of the log, of --blocks")
        ->capture_default_str();
    app.add_option("--swap", request.geometry.swap, "Blocks of swap behind it")
        ->capture_default_str();
    const auto several = [&](const char* name, std::vector<std::string>& words, const char* help) {
        app.add_option(name, words, help)->expected(1)->take_all();
    };
    several("--add", request.files, "PATH=HOSTFILE: a file; directories on the way are made");
    several("--directory", request.directories, "PATH: a directory");
    several("--device", request.devices, "PATH=MAJOR,MINOR: a device");
    several("--link", request.links, "PATH=EXISTING: another name for a file of the image");
    app.add_flag("--into", request.into, "Change IMAGE instead of making it");
    app.add_flag("--check", request.check, "Is IMAGE consistent?");
    app.add_flag("--list", request.list, "What is in IMAGE: type, inode, links, size, path");
    several("--extract", request.extracts, "PATH=HOSTFILE: take a file out of IMAGE");
}

} // namespace

int main(int argc, char** argv) try {
    CLI::App app("Makes a disk image of the file system, or checks, lists or changes one.", "mkfs");
    Request request;
    declare(app, request);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    const int code = run(request);
    if (!std::cout.flush())
        throw Failure("cannot write the output");
    return code;
} catch (const Usage& error) {
    std::cerr << "mkfs: " << error.what() << "\n";
    return 2;
} catch (const std::bad_alloc&) {
    std::cerr << "mkfs: there is too little memory for that\n";
    return 1;
} catch (const std::exception& error) {
    std::cerr << "mkfs: " << error.what() << "\n";
    return 1;
}
