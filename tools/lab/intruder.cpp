// Does what a job must not do, and prints what it got away with.
// SPDX-License-Identifier: MIT
//
// Started by sandbox_trial.cpp inside a sandbox, before that is used; tests call it, too.
//   all PORT SECRET SHOWN PID   each attempt once
//   sleep, print, fill, work    without end
#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

void report(bool could, const char* what) {
    if (could)
        std::printf("could %s\n", what);
    std::fflush(stdout);
}

bool can_connect(int port) {
    const int opened = socket(AF_INET, SOCK_STREAM, 0);
    if (opened < 0)
        return false;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(opened, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

bool can_take_memory() {
    constexpr std::size_t gibibyte = std::size_t{1} << 30;
    return mmap(nullptr, gibibyte, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

bool can_fork() {
    std::array<pid_t, 64> children{};
    std::size_t made = 0;
    for (auto& child : children) {
        child = fork();
        if (child == 0) {
            pause();
            std::_Exit(0);
        }
        if (child < 0)
            break;
        ++made;
    }
    for (std::size_t i = 0; i < made; ++i) {
        kill(children[i], SIGKILL);
        waitpid(children[i], nullptr, 0); // until then it counts
    }
    return made == children.size();
}

bool can_open(const char* file, int flags) {
    const int opened = open(file, flags, 0600);
    if (opened >= 0)
        close(opened);
    return opened >= 0;
}

// Leaves a process behind that wants to outlive the job, with a lock that tells whether it does.
void leave_one_behind() {
    if (fork() != 0)
        return;
    setsid();
    if (fork() != 0)
        std::_Exit(0);
    alarm(60); // a child has none; without a sandbox nobody else ends it
    for (int stream = 0; stream < 3; ++stream)
        close(stream);
    flock(open("alive", O_RDWR | O_CREAT, 0600), LOCK_EX);
    while (true)
        pause();
}

void try_all(char** words) {
    report(can_connect(std::atoi(words[0])), "connect");
    report(can_take_memory(), "take memory");
    report(can_fork(), "fork");
    report(can_open(words[1], O_RDONLY), "read");
    report(can_open((std::string(words[1]) + "-2").c_str(), O_WRONLY | O_CREAT) ||
               can_open((std::string(words[2]) + "-2").c_str(), O_WRONLY | O_CREAT),
           "write");
    report(can_open(words[2], O_RDONLY), "read what is shown");
    report(kill(std::atoi(words[3]), 0) == 0, "kill");
    leave_one_behind();
    while (access("alive", F_OK) != 0)
        usleep(1000);
    std::puts("tried all");
}

void fill() {
    const std::string page(64 << 10, 'x');
    for (int number = 0;; ++number) {
        const int opened =
            open(("file" + std::to_string(number)).c_str(), O_WRONLY | O_CREAT, 0600);
        if (opened < 0 || write(opened, page.data(), page.size()) < 0)
            pause();
        close(opened);
        usleep(1000);
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    alarm(60); // whoever started it may be gone, with nobody left to end it
    if (what == "all" && argc == 6)
        try_all(argv + 2);
    else if (what == "sleep")
        pause();
    else if (what == "fill")
        fill();
    while (what == "print")
        std::puts("a line of many");
    while (what == "work")
        asm volatile("");
    return 0;
}
