// What a student handed in: the files that the lab names, and nothing else of the folder.
// SPDX-License-Identifier: MIT
#include "submission.hpp"

#include "failure.hpp"
#include "visible.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lab {

using faultline::Exit;
using faultline::Failure;
namespace fs = std::filesystem;

namespace {

class Opened {
public:
    explicit Opened(int descriptor) : descriptor_(descriptor) {}
    Opened(Opened&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
    Opened& operator=(Opened&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~Opened() {
        if (descriptor_ >= 0)
            close(descriptor_);
    }
    int number() const { return descriptor_; }

private:
    int descriptor_;
};

enum class Kind { absent, plain, link, folder, other };

Kind kind_of(int folder, const std::string& name) {
    struct stat info {};
    if (fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return Kind::absent;
    return S_ISREG(info.st_mode)   ? Kind::plain
           : S_ISLNK(info.st_mode) ? Kind::link
           : S_ISDIR(info.st_mode) ? Kind::folder
                                   : Kind::other;
}

struct Taken {
    bool there = false;
    std::string content{};
    std::string problem{};
};

// Well-formed, shortest form, no surrogates.
bool is_utf8(const std::string& text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::size_t length = byte < 0x80             ? 1
                                   : (byte & 0xe0) == 0xc0 ? 2
                                   : (byte & 0xf0) == 0xe0 ? 3
                                   : (byte & 0xf8) == 0xf0 ? 4
                                                           : 0;
        if (length == 0 || i + length > text.size())
            return false;
        std::uint32_t value = length == 1 ? byte : byte & (0x7fU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xc0) != 0x80)
                return false;
            value = value << 6 | (next & 0x3f);
        }
        constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (value < least[length] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
            return false;
        i += length;
    }
    return true;
}

std::string problem_of(const std::string& content) {
    if (content.find('\0') != content.npos)
        return "it holds a byte of value 0, which no source text has";
    return is_utf8(content) ? "" : "it is not UTF-8 text";
}

Taken read_plain(int folder, const std::string& name) {
    // Not blocking: between look and opening it may have become a FIFO.
    const Opened file(openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat info {};
    if (file.number() < 0 || fstat(file.number(), &info) != 0)
        return {true, "", std::string("it cannot be read: ") + std::strerror(errno)};
    if (!S_ISREG(info.st_mode))
        return {true, "", "it is no plain file"};
    if (static_cast<std::uint64_t>(info.st_size) > LARGEST_FILE)
        return {true, "", "it is larger than " + std::to_string(LARGEST_FILE >> 10) + " KiB"};
    std::string content(LARGEST_FILE + 1, '\0');
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t got = read(file.number(), content.data() + size, content.size() - size);
        if (got <= 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    content.resize(size);
    if (size > LARGEST_FILE)
        return {true, "", "it grew while it was read"};
    const auto problem = problem_of(content);
    return {true, problem.empty() ? content : "", problem};
}

Taken take(int top, const fs::path& wanted) {
    Opened folder(dup(top));
    fs::path so_far;
    for (auto part = wanted.begin(); part != wanted.end(); ++part) {
        const std::string name = part->string();
        so_far /= name;
        const bool last = std::next(part) == wanted.end();
        const Kind kind = kind_of(folder.number(), name);
        if (kind == Kind::absent)
            return {};
        if (kind == Kind::link)
            return {true, "", so_far.string() + " is a symbolic link; links are not followed"};
        if (kind != (last ? Kind::plain : Kind::folder))
            return {true, "",
                    so_far.string() + (kind == Kind::folder  ? " is a folder"
                                       : kind == Kind::plain ? " is no folder"
                                                             : " is a FIFO, a socket or a device")};
        if (last)
            return read_plain(folder.number(), name);
        folder = Opened(
            openat(folder.number(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (folder.number() < 0)
            return {true, "", so_far.string() + " cannot be opened"};
    }
    return {};
}

bool has_own_last_name(const fs::path& file, const std::vector<fs::path>& all) {
    return std::ranges::count(all, file.filename(),
                              [](const fs::path& one) { return one.filename(); }) == 1;
}

} // namespace

Submission take_submission(const fs::path& folder, const std::vector<fs::path>& wanted) {
    const Opened top(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (top.number() < 0)
        throw Failure(Exit::usage,
                      "cannot read the submission " + faultline::visible(folder.string()) + ": " +
                          std::strerror(errno),
                      "Name the folder that holds what the student handed in.");
    Submission result;
    for (const auto& file : wanted) {
        Taken taken = take(top.number(), file);
        if (!taken.there && has_own_last_name(file, wanted))
            taken = take(top.number(), file.filename());
        if (!taken.there)
            result.missing.push_back(file);
        else if (taken.problem.empty())
            result.files[file] = std::move(taken.content);
        else
            result.refused.push_back({.test = file.string(),
                                      .expected = "a plain text file",
                                      .observed = taken.problem,
                                      .hint = "The starter's file was taken in its place."});
    }
    return result;
}

} // namespace lab
