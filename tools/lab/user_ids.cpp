// User ids that nobody has, one for each job that root starts.
// SPDX-License-Identifier: MIT
//
// The range is one that neither Debian's policy nor systemd gives to anybody.
#include "user_ids.hpp"

#include "failure.hpp"
#include "process.hpp"
#include "text.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <pwd.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace lab {

using faultline::Exit;
using faultline::Failure;

static constexpr unsigned FIRST = 60600;
static constexpr unsigned LAST = 60899;
static const std::filesystem::path LOCKS = "/run/faultline-users";

static bool ours(const std::filesystem::path& folder) {
    struct stat info {};
    return lstat(folder.c_str(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == 0 &&
           (info.st_mode & 022) == 0;
}

// Those whose real user is NUMBER. The owner of a folder in /proc may be another for a moment.
static std::vector<pid_t> processes_of(unsigned number) {
    std::vector<pid_t> found;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
        const auto process = faultline::parse_number(entry.path().filename().string());
        if (!process)
            continue;
        std::ifstream status(entry.path() / "status");
        for (std::string line; std::getline(status, line);)
            if (line.starts_with("Uid:\t" + std::to_string(number) + "\t"))
                found.push_back(static_cast<pid_t>(*process));
    }
    return found;
}

UserId::UserId() {
    mkdir(LOCKS.c_str(), 0700);
    if (!ours(LOCKS))
        throw Failure(Exit::failed,
                      "cannot keep locks in " + LOCKS.string() + ": " + std::strerror(errno),
                      "It has to be a folder of root's; remove what is there.");
    for (unsigned number = FIRST; number <= LAST; ++number) {
        const auto file = LOCKS / std::to_string(number);
        const int opened = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (opened >= 0 && flock(opened, LOCK_EX | LOCK_NB) == 0 && !getpwuid(number) &&
            processes_of(number).empty()) {
            number_ = number;
            lock_ = opened;
            return;
        }
        if (opened >= 0)
            close(opened);
    }
    throw Failure(Exit::failed, "no user id is free for a job",
                  "Other graders have all of them: wait for their end.");
}

UserId::~UserId() {
    if (lock_ >= 0)
        close(lock_);
}

void UserId::end_all() const {
    // As that user: reaches all of them at one moment, so that none can fork away from it.
    faultline::Process ending(
        {.command = {LAB_CONFINE, "--user", std::to_string(number_), "--end-all"},
         .input = "/dev/null"});
    while (!ending.poll())
        faultline::wait_for_event(std::chrono::milliseconds(50));
    // What it left has become our child (sandbox.cpp), or init's.
    for (int round = 0; round < 200; ++round) {
        const auto left = processes_of(number_);
        if (left.empty())
            return;
        for (const auto process : left)
            waitpid(process, nullptr, WNOHANG);
        usleep(5000);
    }
}

static void own(const std::filesystem::path& path, unsigned user) {
    if (lchown(path.c_str(), user, user) != 0)
        throw Failure(Exit::failed,
                      "cannot give " + path.string() + " away: " + std::strerror(errno),
                      "Name a folder on another disk in TMPDIR.");
}

static void own_all(const std::filesystem::path& folder, unsigned user) {
    own(folder, user);
    std::error_code error;
    std::filesystem::recursive_directory_iterator entries(folder, error);
    for (const std::filesystem::recursive_directory_iterator end; !error && entries != end;
         entries.increment(error))
        own(entries->path(), user);
}

void UserId::give(const std::filesystem::path& folder) const {
    own_all(folder, number_);
    chmod(folder.c_str(), 0700);
}

void UserId::take_back(const std::filesystem::path& folder) { own_all(folder, getuid()); }

void UserId::sweep() const {
    for (const char* place : {"/tmp", "/var/tmp", "/dev/shm"}) {
        std::error_code ignored;
        for (const auto& entry : std::filesystem::directory_iterator(place, ignored)) {
            struct stat info {};
            if (lstat(entry.path().c_str(), &info) == 0 && info.st_uid == number_)
                std::filesystem::remove_all(entry.path(), ignored);
        }
    }
}

} // namespace lab
