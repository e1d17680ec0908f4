// ls: what is in directories, by name, in columns; with -l a line each.
// SPDX-License-Identifier: MIT
#include "tool.hpp"

#include "heap_list.hpp"

#include <algorithm>

namespace tools {

namespace {

constexpr std::size_t WIDTH = 80; // of the console; elsewhere a name a line

struct Options {
    bool lines = false;  // -l
    bool hidden = false; // -a
};

struct Name {
    std::array<char, abi::DirectoryEntry::NAME_BYTES> bytes;
    std::uint8_t length;
    std::string_view view() const { return {bytes.data(), length}; }
};

char letter_of(os::FileType type) {
    switch (type) {
    case os::FileType::directory:
        return 'd';
    case os::FileType::file:
        return '-';
    case os::FileType::device:
        return 'c';
    case os::FileType::pipe:
        return 'p';
    }
    return '?';
}

// d  2     1024 name
void put_line(os::Writer& out, const os::Stat& stat, std::string_view name) {
    const char letter = letter_of(stat.type);
    out.put({&letter, 1});
    os::put_right(out, stat.links, 4);
    if (stat.type == os::FileType::device) {
        os::put_right(out, stat.major, 7);
        print(out, ", ");
        os::put_right(out, stat.minor, 3);
    } else {
        os::put_right(out, stat.size, 12);
    }
    print(out, " ", name, stat.type == os::FileType::directory ? "/" : "", "\n");
}

bool output_is_console() {
    os::Stat stat{};
    return os::fstat(os::OUTPUT, stat) == 0 && stat.type == os::FileType::device &&
           stat.major == abi::device::CONSOLE;
}

int list_directory(os::Arguments arguments, std::string_view path, Options options,
                   HeapList<Name>& names, os::Writer& out) {
    os::Directory directory(path);
    names.forget_all();
    while (const auto entry = directory.next()) {
        if (entry->name.starts_with('.') && !options.hidden)
            continue;
        Name name{};
        name.length =
            static_cast<std::uint8_t>(entry->name.copy(name.bytes.data(), name.bytes.size()));
        if (!names.add(name))
            return complain(arguments, path, -abi::NO_MEMORY);
    }
    if (directory.failure() != 0)
        return complain(arguments, path, directory.failure());
    std::ranges::sort(names.all(), {}, &Name::view);
    if (!options.lines) {
        const std::span<const Name> all = names.all();
        os::put_columns(
            out, all.size(), [&](std::size_t i) { return all[i].view(); },
            output_is_console() ? WIDTH : 0);
        return DONE;
    }
    int worst = DONE;
    for (const Name& name : names.all()) {
        os::PathText full;
        os::Stat stat{};
        const std::int64_t error = os::join(full, path, name.view())
                                       ? os::stat(full.view(), stat)
                                       : -std::int64_t{abi::TOO_LARGE};
        if (error < 0)
            worst = complain(arguments, name.view(), error);
        else
            put_line(out, stat, name.view());
    }
    return worst;
}

} // namespace

int ls(os::Arguments arguments) {
    Options options;
    std::size_t first = 1;
    for (; first < arguments.size() && arguments[first].starts_with('-'); ++first)
        for (const char flag : arguments[first].substr(1))
            (flag == 'l' ? options.lines : options.hidden) = true;
    const os::Arguments paths = arguments.from(first);
    HeapList<Name> names;
    os::Writer out(os::OUTPUT);
    if (paths.size() == 0)
        return std::max(list_directory(arguments, ".", options, names, out),
                        finish(arguments, out));
    int worst = DONE;
    for (const std::string_view path : paths) {
        os::Stat stat{};
        int status = DONE;
        if (const std::int64_t error = os::stat(path, stat); error < 0) {
            status = complain(arguments, path, error);
        } else if (stat.type != os::FileType::directory) {
            if (options.lines)
                put_line(out, stat, path);
            else
                print(out, path, "\n");
        } else {
            if (paths.size() > 1)
                print(out, path, ":\n");
            status = list_directory(arguments, path, options, names, out);
        }
        worst = std::max(worst, status);
    }
    return std::max(worst, finish(arguments, out));
}

} // namespace tools
