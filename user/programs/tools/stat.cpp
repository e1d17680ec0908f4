// stat: what is known of a file.
// SPDX-License-Identifier: MIT
#include "tool.hpp"

namespace tools {

namespace {

std::string_view words_of(os::FileType type) {
    switch (type) {
    case os::FileType::directory:
        return "directory";
    case os::FileType::file:
        return "file";
    case os::FileType::device:
        return "device";
    case os::FileType::pipe:
        return "pipe";
    }
    return "unknown";
}

} // namespace

int stat(os::Arguments arguments) {
    os::Writer out(os::OUTPUT);
    int worst = DONE;
    for (const std::string_view path : arguments.from(1)) {
        os::Stat stat{};
        if (const std::int64_t error = os::stat(path, stat); error < 0) {
            worst = complain(arguments, path, error);
            continue;
        }
        print(out, path, ": ", words_of(stat.type), ", inode ", stat.inode, ", ", stat.links,
              stat.links == 1 ? " name, " : " names, ", stat.size, " bytes");
        if (stat.type == os::FileType::device)
            print(out, ", device ", stat.major, ".", stat.minor);
        out.put("\n");
    }
    return std::max(worst, finish(arguments, out));
}

} // namespace tools
