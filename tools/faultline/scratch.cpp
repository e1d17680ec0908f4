// A private folder for one run, removed at its end.
// SPDX-License-Identifier: MIT
//
// Holds a lock on the folder as long as the run lives, so that leftovers can be told from folders
// in use.
#include "scratch.hpp"

#include "failure.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace faultline {

static const std::string PREFIX = "faultline-run-";

static int lock_folder(const std::filesystem::path& path) {
    const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (folder >= 0 && flock(folder, LOCK_EX | LOCK_NB) != 0) {
        close(folder);
        return -1;
    }
    return folder;
}

static void remove_leftovers(const std::filesystem::path& parent) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(parent, ignored)) {
        struct stat info {};
        const bool ours = entry.path().filename().string().starts_with(PREFIX) &&
                          lstat(entry.path().c_str(), &info) == 0 && info.st_uid == getuid();
        if (!ours || std::time(nullptr) - info.st_mtime < 60) // it may be about to take its lock
            continue;
        const int folder = lock_folder(entry.path());
        if (folder < 0)
            continue;
        std::filesystem::remove_all(entry.path(), ignored);
        close(folder);
    }
}

Scratch::Scratch() {
    std::error_code error;
    const auto parent = std::filesystem::temp_directory_path(error);
    if (error) {
        const char* named = std::getenv("TMPDIR");
        throw Failure(Exit::failed,
                      std::string(named ? named : "/tmp") +
                          (named ? " (named by TMPDIR): " : ": ") + error.message(),
                      "Name a folder that exists in TMPDIR, such as /tmp.");
    }
    remove_leftovers(parent);
    std::string name = (parent / (PREFIX + "XXXXXX")).string();
    if (!mkdtemp(name.data()))
        throw Failure(Exit::failed,
                      "cannot make a folder in " + parent.string() + ": " + std::strerror(errno),
                      "Free some space there, or name another folder in TMPDIR.");
    path_ = name;
    lock_ = lock_folder(path_);
}

std::uint64_t free_kib(const std::filesystem::path& folder) {
    struct statvfs info {};
    if (statvfs(folder.c_str(), &info) != 0)
        return 0;
    return info.f_bavail * info.f_frsize / 1024;
}

void require_space(const std::filesystem::path& folder) {
    constexpr std::uint64_t enough = 64; // KiB; with less even a message may be lost
    if (free_kib(folder) < enough)
        throw Failure(Exit::failed, "no space is left in " + folder.string(),
                      "Free some, or name a folder on another disk in TMPDIR.");
}

Scratch::~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
    if (lock_ >= 0)
        close(lock_);
}

} // namespace faultline
