// Gives away what a job must not have, then becomes the job: `lab-confine [OPTION..] -- COMMAND..`.
// SPDX-License-Identifier: MIT
//
// Started by a Sandbox as the first program of a job, and inside bubblewrap once more for the
// limits.
//   --user N        becomes that user, with no other group
//   --memory, --file, --processor, --processes N   limits (setrlimit)
//   --read P, --write P   with any of them: no other file can be opened (Landlock, where it is)
//   --filter        no sockets, no namespaces, no other process's memory (filter.hpp)
//   --end-all       ends every process of that user, and itself
// Exit code 125: what was asked for could not be had.
#include "filter.hpp"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace {

[[noreturn]] void give_up(const char* what) {
    std::fprintf(stderr, "lab-confine: %s: %s\n", what, std::strerror(errno));
    std::exit(125);
}

struct Orders {
    unsigned user = 0; // 0: stay who we are
    std::uint64_t memory = 0, file = 0, processor = 0, processes = 0;
    std::vector<const char*> reads, writes;
    bool filter = false;
    bool end_all = false;
    char** command = nullptr;
};

std::uint64_t number(const char* text) {
    char* end = nullptr;
    const auto value = std::strtoull(text ? text : "", &end, 10);
    if (!text || end == text || *end != '\0') {
        errno = EINVAL;
        give_up("a number is missing");
    }
    return value;
}

Orders read_orders(char** words) {
    Orders orders;
    for (; *words && std::string_view(*words) != "--"; ++words) {
        const std::string_view word = *words;
        if (word == "--filter")
            orders.filter = true;
        else if (word == "--end-all")
            orders.end_all = true;
        else if (word == "--read" && words[1])
            orders.reads.push_back(*++words);
        else if (word == "--write" && words[1])
            orders.writes.push_back(*++words);
        else if (word == "--user")
            orders.user = static_cast<unsigned>(number(*++words));
        else if (word == "--memory")
            orders.memory = number(*++words);
        else if (word == "--file")
            orders.file = number(*++words);
        else if (word == "--processor")
            orders.processor = number(*++words);
        else if (word == "--processes")
            orders.processes = number(*++words);
        else {
            errno = EINVAL;
            give_up(*words);
        }
    }
    orders.command = *words ? words + 1 : words;
    return orders;
}

void become(unsigned user) {
    const pid_t parent = getppid();
    if (setgroups(0, nullptr) != 0 || setresgid(user, user, user) != 0 ||
        setresuid(user, user, user) != 0)
        give_up("cannot become another user");
    // The host kernel forgot the wish when the user changed.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        std::_Exit(125);
}

void limit(__rlimit_resource_t resource, std::uint64_t most, std::uint64_t behind = 0) {
    const rlimit both{most, most + behind};
    if (setrlimit(resource, &both) != 0)
        give_up("cannot set a limit");
}

void set_limits(const Orders& orders) {
    limit(RLIMIT_CORE, 0);
    if (orders.memory)
        limit(RLIMIT_AS, orders.memory);
    if (orders.file)
        limit(RLIMIT_FSIZE, orders.file);
    if (orders.processor)
        limit(RLIMIT_CPU, orders.processor, 2); // SIGXCPU says why, then SIGKILL ends it
    if (orders.processes)
        limit(RLIMIT_NPROC, orders.processes);
}

constexpr std::uint64_t READING =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t OF_A_FILE =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
constexpr std::uint64_t EVERYTHING = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1; // of its first version

void allow(int rules, const char* path, std::uint64_t access) {
    const int opened = open(path, O_PATH | O_CLOEXEC);
    if (opened < 0)
        return; // what is not there cannot be read
    struct stat info {};
    fstat(opened, &info);
    landlock_path_beneath_attr rule{};
    rule.allowed_access = S_ISDIR(info.st_mode) ? access : access & OF_A_FILE;
    rule.parent_fd = opened;
    if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
        give_up("cannot allow a file");
    close(opened);
}

// Where the host kernel knows no Landlock, folders' modes have to do; the trial sees the
// difference.
void restrict_files(const Orders& orders) {
    if (orders.reads.empty() && orders.writes.empty())
        return;
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = EVERYTHING;
    const long rules =
        syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0);
    if (rules < 0)
        return;
    for (const char* path : orders.reads)
        allow(static_cast<int>(rules), path, READING);
    for (const char* path : orders.writes)
        allow(static_cast<int>(rules), path, EVERYTHING);
    for (const char* device : {"/dev/null", "/dev/zero"})
        allow(static_cast<int>(rules), device,
              LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
    for (const char* device : {"/dev/random", "/dev/urandom"})
        allow(static_cast<int>(rules), device, LANDLOCK_ACCESS_FS_READ_FILE);
    if (syscall(SYS_landlock_restrict_self, rules, 0) != 0)
        give_up("cannot restrict files");
    close(static_cast<int>(rules));
}

} // namespace

int main(int, char** argv) {
    const Orders orders = read_orders(argv + 1);
    if (orders.user != 0)
        become(orders.user);
    if (orders.end_all) {
        // As this user: reaches all of it, and nobody else. A user of ours only (never root).
        if (getuid() == 0 || orders.user == 0)
            return 125;
        kill(-1, SIGKILL);
        return 0;
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        give_up("cannot refuse new privileges");
    restrict_files(orders);
    set_limits(orders);
    syscall(SYS_close_range, 3U, ~0U, 0U);
    if (orders.filter && !lab::filter_calls())
        give_up("cannot filter system calls");
    if (!*orders.command)
        return 125;
    execvp(orders.command[0], orders.command);
    give_up(orders.command[0]);
}
