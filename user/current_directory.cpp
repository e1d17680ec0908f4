// Finding out where one is: there is no call for it, but names and inode numbers tell.
// SPDX-License-Identifier: MIT
//
// Before: the shell's prompt, pwd. From the current directory up: the name under which `..` knows
// the inode of `.`, until both are the same one, the root.
#include "user/lib/directory.hpp"

#include "user/lib/os.hpp"

namespace os {

namespace {

// The name of inode NUMBER in the directory PARENT, in front of what PATH holds already.
std::int64_t prepend_name(PathText& path, std::string_view parent, std::uint64_t number) {
    Directory names(parent);
    while (const auto entry = names.next())
        if (entry->inode == number && entry->name != "." && entry->name != "..") {
            const PathText rest = path;
            path.clear();
            path.put("/");
            path.put(entry->name);
            path.put(rest.view());
            return path.complete() ? 0 : -abi::TOO_LARGE;
        }
    return names.failure() != 0 ? names.failure() : -abi::NOT_FOUND;
}

} // namespace

std::int64_t current_directory(PathText& path) {
    path.clear();
    PathText up; // ".", "./..", "./../.."
    up.put(".");
    for (;;) {
        Stat here{};
        Stat above{};
        if (const std::int64_t error = stat(up.view(), here); error < 0)
            return error;
        up.put("/..");
        if (!up.complete())
            return -abi::TOO_LARGE;
        if (const std::int64_t error = stat(up.view(), above); error < 0)
            return error;
        if (here.inode == above.inode)
            break;
        if (const std::int64_t error = prepend_name(path, up.view(), here.inode); error < 0)
            return error;
    }
    if (path.view().empty())
        path.put("/");
    return 0;
}

} // namespace os
