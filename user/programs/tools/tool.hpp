// What every tool has in common: how it is called, how it complains, whose input it reads.
// SPDX-License-Identifier: MIT
//
// The tools are one program: the name under which it is called says which tool it is (tools.cpp).
// A tool's status is 0, 1 when something it was asked for failed, 2 when it was called wrongly.
#pragma once

#include "user/lib/columns.hpp"
#include "user/lib/directory.hpp"
#include "user/lib/message.hpp"
#include "user/lib/numbers.hpp"
#include "user/lib/os.hpp"
#include "user/lib/reader.hpp"
#include "user/lib/writer.hpp"

namespace tools {

inline constexpr int DONE = 0;
inline constexpr int FAILED = 1;
inline constexpr int WRONG_USE = 2;

struct Tool {
    std::string_view name;
    std::string_view usage; // "ls [-l] [PATH...]: what is in a directory"
    int (*run)(os::Arguments arguments);
    static constexpr std::size_t MANY = ~std::size_t{0};
    static constexpr std::string_view ANY_DASH = "*"; // words with a dash are like others

    // Whoever calls it otherwise is told the usage, and it does not run.
    struct Wanted {
        std::string_view options{}; // letters behind a dash
        std::size_t least = 0;      // words behind its name
        std::size_t most = MANY;
    } wanted{};
};

// "ls: /x: not found"; RESULT is negative. FAILED.
inline int complain(os::Arguments arguments, std::string_view about, std::int64_t result) {
    os::report(arguments.name(), ": ", about, ": ", os::words(result));
    return FAILED;
}

// How the tool is called, to the error output. WRONG_USE.
int say_usage(os::Arguments arguments);

// 0, or FAILED in words when OUT could not be written.
inline int finish(os::Arguments arguments, os::Writer& out) {
    const std::int64_t failure = out.flush();
    // Nobody reads on: that is their right, and no news.
    if (failure == 0 || failure == -abi::BROKEN_PIPE)
        return failure == 0 ? DONE : FAILED;
    return complain(arguments, "output", failure);
}

// Calls ACTION(descriptor, name) -> status for each file of FILES, or once for the standard input
// when there is none; the worst status.
template <class Action>
int for_each_input(os::Arguments arguments, os::Arguments files, Action action) {
    if (files.size() == 0)
        return action(os::INPUT, std::string_view("input"));
    int worst = DONE;
    for (const std::string_view name : files) {
        const std::int64_t descriptor = os::open(name);
        const int status =
            descriptor < 0 ? complain(arguments, name, descriptor) : action(descriptor, name);
        if (descriptor >= 0)
            os::close(descriptor);
        worst = std::max(worst, status);
    }
    return worst;
}

// The last part of a path: "b" of "/a/b" and of "/a/b/".
inline std::string_view last_part(std::string_view path) {
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    const std::size_t slash = path.find_last_of('/');
    return slash == std::string_view::npos || path == "/" ? path : path.substr(slash + 1);
}

// Calls ACTION(arguments, from, to) for every word between the tool's name and its last one; to is
// that last word, or a name in it, if it is a directory. There are three words at least.
template <class Action>
int into(os::Arguments arguments, Action action) {
    const std::string_view target = arguments[arguments.size() - 1];
    os::Stat stat{};
    const bool directory = os::stat(target, stat) == 0 && stat.type == os::FileType::directory;
    if (!directory && arguments.size() > 3)
        return complain(arguments, target, -abi::NOT_DIRECTORY);
    int worst = DONE;
    for (std::size_t i = 1; i + 1 < arguments.size(); ++i) {
        os::PathText inside;
        const std::string_view from = arguments[i];
        if (directory && !os::join(inside, target, last_part(from)))
            worst = complain(arguments, target, -abi::TOO_LARGE);
        else
            worst = std::max(worst, action(arguments, from, directory ? inside.view() : target));
    }
    return worst;
}

// The tools, by the file that holds them.
int echo(os::Arguments arguments); // words.cpp
int succeed(os::Arguments arguments);
int fail(os::Arguments arguments);
int sleep(os::Arguments arguments);
int pwd(os::Arguments arguments);
int ls(os::Arguments arguments);   // ls.cpp
int stat(os::Arguments arguments); // stat.cpp
int cat(os::Arguments arguments);  // copies.cpp
int cp(os::Arguments arguments);
int touch(os::Arguments arguments);
int mkdir(os::Arguments arguments); // names.cpp
int rmdir(os::Arguments arguments);
int ln(os::Arguments arguments);
int mv(os::Arguments arguments);
int rm(os::Arguments arguments); // rm.cpp
int wc(os::Arguments arguments); // lines.cpp
int head(os::Arguments arguments);
int tail(os::Arguments arguments);
int sort(os::Arguments arguments);
int grep(os::Arguments arguments); // grep.cpp
int xxd(os::Arguments arguments);  // xxd.cpp
int ps(os::Arguments arguments);   // processes.cpp
int kill(os::Arguments arguments);
int halt(os::Arguments arguments);
int free(os::Arguments arguments); // machine.cpp
int sync(os::Arguments arguments);
int uptime(os::Arguments arguments);

} // namespace tools
