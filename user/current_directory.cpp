// Finding out where one is: there is no call for it, but names and inode numbers tell.
// SPDX-License-Identifier: MIT
//
// Before: the shell's prompt, pwd. From the current directory up: the name under which `..` knows
// the inode of `.`, until both are the same one, the root. A tree may be deeper than a path is
// long.
#include "user/lib/directory.hpp"

#include "user/lib/os.hpp"

namespace os {

std::int64_t own_name(std::string_view directory, NameText& name) {
    PathText up;
    if (!join(up, directory, ".."))
        return -abi::TOO_LARGE;
    Stat here{};
    Stat above{};
    if (const std::int64_t error = stat(directory, here); error < 0)
        return error;
    if (const std::int64_t error = stat(up.view(), above); error < 0)
        return error;
    name.clear();
    if (here.inode == above.inode)
        return 0;
    Directory names(up.view());
    while (const auto entry = names.next())
        if (entry->inode == here.inode && entry->name != "." && entry->name != "..") {
            name.put(entry->name);
            return 0;
        }
    return names.failure() != 0 ? names.failure() : -abi::NOT_FOUND;
}

std::int64_t current_directory(PathText& path, std::size_t most) {
    path.clear();
    PathText up; // ".", "./..", "./../.."
    up.put(".");
    while (path.view().size() <= most) {
        NameText name;
        if (const std::int64_t error = own_name(up.view(), name); error < 0)
            return error;
        if (name.view().empty()) {
            if (path.view().empty())
                path.put("/");
            return 0;
        }
        if (name.view().size() + 1 > abi::PATH_BYTES - path.view().size())
            break;
        const PathText rest = path;
        path.clear();
        path.put("/");
        path.put(name.view());
        path.put(rest.view());
        up.put("/..");
    }
    return -abi::TOO_LARGE;
}

} // namespace os
