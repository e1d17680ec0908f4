// rm: takes names away, with -r directories and all that they hold.
// SPDX-License-Identifier: MIT
#include "tool.hpp"

namespace tools {

namespace {

constexpr std::size_t DEPTH = 16; // of directories within directories: each takes stack

// A name in the directory PATH that is not . or .., into PATH; false: there is none.
bool enter_first(os::PathText& path, std::int64_t& error) {
    os::Directory directory(path.view());
    while (const auto entry = directory.next())
        if (entry->name != "." && entry->name != "..") {
            path.put("/");
            path.put(entry->name);
            error = path.complete() ? 0 : -std::int64_t{abi::TOO_LARGE};
            return true;
        }
    error = directory.failure();
    return false;
}

// Empties directory after directory, always the first name there is: what has gone cannot be met
// again. 0 or an error, PATH then says of what.
std::int64_t remove_all(os::PathText& path, std::size_t depth) {
    os::Stat stat{};
    if (const std::int64_t error = os::stat(path.view(), stat); error < 0)
        return error;
    const std::size_t length = path.view().size();
    while (stat.type == os::FileType::directory) {
        std::int64_t error = 0;
        const bool found = enter_first(path, error);
        if (error == 0 && found)
            error = depth == DEPTH ? -std::int64_t{abi::TOO_LARGE} : remove_all(path, depth + 1);
        if (error < 0)
            return error;
        path.cut(length);
        if (!found)
            break;
    }
    return os::unlink(path.view());
}

std::int64_t remove_one(std::string_view name) {
    os::Stat stat{};
    if (const std::int64_t error = os::stat(name, stat); error < 0)
        return error;
    return stat.type == os::FileType::directory ? -abi::IS_DIRECTORY : os::unlink(name);
}

} // namespace

int rm(os::Arguments arguments) {
    const bool all = arguments.size() > 1 && arguments[1] == "-r";
    const os::Arguments names = arguments.from(all ? 2 : 1);
    if (names.size() == 0)
        return say_usage(arguments);
    int worst = DONE;
    for (const std::string_view name : names) {
        os::PathText path;
        path.put(name);
        const std::int64_t error = all ? remove_all(path, 0) : remove_one(name);
        if (error < 0)
            worst = complain(arguments, path.view(), error);
    }
    return worst;
}

} // namespace tools
