// mkdir, rmdir, ln, mv: names of files, and no bytes.
// SPDX-License-Identifier: MIT
#include "tool.hpp"

namespace tools {

namespace {

template <class Action>
int for_each_name(os::Arguments arguments, Action action) {
    int worst = DONE;
    for (const std::string_view name : arguments.from(1))
        if (const std::int64_t error = action(name); error < 0)
            worst = complain(arguments, name, error);
    return worst;
}

std::int64_t remove_directory(std::string_view name) {
    os::Stat stat{};
    if (const std::int64_t error = os::stat(name, stat); error < 0)
        return error;
    return stat.type == os::FileType::directory ? os::unlink(name) : -abi::NOT_DIRECTORY;
}

// There is no call that renames: a second name, then the first one goes. A file that had the new
// name makes room.
int move(os::Arguments arguments, std::string_view from, std::string_view to) {
    os::Stat source{};
    os::Stat target{};
    if (const std::int64_t error = os::stat(from, source); error < 0)
        return complain(arguments, from, error);
    if (source.type == os::FileType::directory)
        return complain(arguments, from, -abi::IS_DIRECTORY);
    if (os::stat(to, target) == 0) {
        if (target.inode == source.inode) {
            os::report(arguments.name(), ": ", from, " and ", to, " are the same file");
            return FAILED;
        }
        if (const std::int64_t error = os::unlink(to); error < 0)
            return complain(arguments, to, error);
    }
    if (const std::int64_t error = os::link(from, to); error < 0)
        return complain(arguments, to, error);
    if (const std::int64_t error = os::unlink(from); error < 0)
        return complain(arguments, from, error);
    return DONE;
}

} // namespace

int mkdir(os::Arguments arguments) { return for_each_name(arguments, os::mkdir); }

int rmdir(os::Arguments arguments) { return for_each_name(arguments, remove_directory); }

int ln(os::Arguments arguments) {
    const std::int64_t error = os::link(arguments[1], arguments[2]);
    return error < 0
               ? complain(arguments, error == -abi::EXISTS ? arguments[2] : arguments[1], error)
               : DONE;
}

int mv(os::Arguments arguments) { return into(arguments, move); }

} // namespace tools
