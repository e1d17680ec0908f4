// Programs that the command starts (QEMU, GDB, CTest): none outlives it, however it ends.
// SPDX-License-Identifier: MIT
//
// Signals are taken synchronously: prepare_signals() blocks them in main, wait_for_event() receives
// them and throws Interrupted, and destructors on the way out do the cleaning. A child also asks
// the host kernel for a SIGKILL in case its parent is itself killed. That wish is tied to the
// thread that started the child, so everything here runs on the main thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <poll.h>
#include <span>
#include <string>
#include <vector>

namespace faultline {

struct Ended {
    int status = 0; // exit status, when no signal ended it
    int signal = 0; // the signal that ended it, or 0
};

enum class Group {
    shared, // in our process group: it may read the terminal and gets its Ctrl-C
    own,    // in a group of its own: Ctrl-C reaches only us, and stop() reaches its children too
};

struct Launch {
    std::vector<std::string> command;              // command[0] is looked up in PATH
    std::optional<std::filesystem::path> input{};  // absent: ours
    std::optional<std::filesystem::path> output{}; // absent: ours
    std::optional<std::filesystem::path> errors{}; // absent: ours
    // Ends of pipes, in the place of files; they stay the caller's to close.
    std::optional<int> input_end{};
    std::optional<int> output_end{};
    std::filesystem::path directory{}; // empty: ours
    Group group = Group::shared;
    std::uint64_t file_limit = 0;   // bytes a file of it may grow to; 0: any
    std::uint64_t memory_limit = 0; // bytes of address space, of each process of it; 0: any
};

class Process {
public:
    explicit Process(const Launch& launch);
    ~Process(); // stops it
    Process(Process&&) noexcept;
    Process& operator=(Process&&) noexcept;

    std::optional<Ended> poll();
    void stop(); // SIGKILL, and wait until it is gone

private:
    struct Child;
    std::unique_ptr<Child> child_;
};

// While one is there, whoever loses its parent becomes our child; at the end all our children are
// stopped. For a child that starts processes of its own in groups of their own, and may be stopped.
class Orphans {
public:
    Orphans();
    ~Orphans();
    Orphans(const Orphans&) = delete;
    Orphans& operator=(const Orphans&) = delete;
};

// The file that a command's name stands for, or nothing.
std::optional<std::filesystem::path> find_command(const std::string& name);

void prepare_signals();
enum class Keyboard { ends_us, is_for_the_child };
// Sleeps until a child ends, a signal comes, one of the descriptors is ready (their `revents` say)
// or the time is over. Returns the signal, or 0. Throws Interrupted.
int wait_for_event(std::chrono::milliseconds limit, Keyboard keyboard = Keyboard::ends_us,
                   std::span<pollfd> descriptors = {});

// Waits for the end of a process that has the terminal to itself.
Ended wait_for(Process& process, Keyboard keyboard = Keyboard::ends_us);
// Runs a short command in a scratch folder; returns how it ended and what it printed.
struct Captured {
    Ended ended;
    std::string output;
    bool timed_out = false;
};
struct Bounds {
    std::chrono::seconds time;
    std::uint64_t output = 64 << 20; // bytes; so much may each file of it hold, too
    std::uint64_t memory = 0;        // as of Launch
};
Captured capture(const std::vector<std::string>& command, const Bounds& bounds);
inline Captured capture(const std::vector<std::string>& command, std::chrono::seconds time) {
    return capture(command, Bounds{.time = time});
}

} // namespace faultline
