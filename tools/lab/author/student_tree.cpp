// The pristine tree once more, with a student's files in it.
// SPDX-License-Identifier: MIT
#include "student_tree.hpp"

#include "text.hpp"

#include <sys/stat.h>
#include <system_error>

namespace lab {

namespace fs = std::filesystem;

static void copy_sources(const fs::path& from, const fs::path& to) {
    fs::create_directories(to);
    for (const auto& entry : fs::directory_iterator(from)) {
        const auto name = entry.path().filename();
        if (name == "build" || name == ".git")
            continue;
        fs::copy(entry.path(), to / name,
                 fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    }
}

// layers/NAME/LAYER is a link to TOP/LAYER.
static void copy_layers(const BuildPlan& pristine, const BuiltTree& tree) {
    const auto from = pristine.guest / "layers";
    for (auto entry = fs::recursive_directory_iterator(from);
         entry != fs::recursive_directory_iterator(); ++entry) {
        const auto to = tree.guest / "layers" / entry->path().lexically_relative(from);
        if (entry->is_symlink()) {
            const auto layer = fs::read_symlink(entry->path()).lexically_relative(pristine.top);
            fs::create_symlink(tree.top / layer, to);
            entry.disable_recursion_pending();
        } else {
            fs::create_directories(to);
        }
    }
}

BuiltTree copy_tree(const BuildPlan& pristine, const fs::path& to) {
    BuiltTree tree{to, to / pristine.guest.lexically_relative(pristine.top)};
    copy_sources(pristine.top, to);
    fs::create_directories(tree.guest / "layers");
    for (const auto& entry : fs::directory_iterator(pristine.guest))
        if (entry.path().filename() != "layers")
            fs::create_symlink(entry.path(), tree.guest / entry.path().filename());
    copy_layers(pristine, tree);
    return tree;
}

bool take_file(const fs::path& from, const fs::path& to, std::uint64_t bytes) {
    struct stat info {};
    if (lstat(from.c_str(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_nlink != 1 ||
        static_cast<std::uint64_t>(info.st_size) > bytes)
        return false;
    fs::create_directories(to.parent_path());
    fs::remove(to);
    fs::rename(from, to);
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read |
                            fs::perms::others_read);
    return true;
}

} // namespace lab
