// Programs that the command starts (QEMU, GDB, CTest): none outlives it, however it ends.
// SPDX-License-Identifier: MIT
//
// Uses Boost.Process for the fork and exec; what must happen between the two stands in
// `prepare_child`.
#include "process.hpp"

#include "failure.hpp"
#include "process_library.hpp"
#include "scratch.hpp"
#include "text.hpp"

#include <algorithm>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace faultline {

struct Process::Child {
    process_library::child process;
    Group group = Group::shared;
    std::optional<Ended> ended;
};

// What wait_for_event() receives. A signal that we were started to ignore (nohup, `&` in a script)
// is left out.
static sigset_t watched_signals;

void prepare_signals() {
    std::signal(SIGCHLD, SIG_DFL);
    std::signal(SIGPIPE, SIG_IGN); // a reader that goes away shows as a failed write
    sigemptyset(&watched_signals);
    for (const int signal : {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGCHLD, SIGCONT}) {
        struct sigaction now {};
        sigaction(signal, nullptr, &now);
        if (now.sa_handler != SIG_IGN)
            sigaddset(&watched_signals, signal);
    }
    sigprocmask(SIG_BLOCK, &watched_signals, nullptr);
}

// Runs in the child, between fork and exec: system calls only.
static void prepare_child(const Launch& launch, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) // it was killed before the wish was heard
        _exit(1);
    sigprocmask(SIG_UNBLOCK, &watched_signals, nullptr);
    std::signal(SIGPIPE, SIG_DFL);
    if (launch.group == Group::own)
        setpgid(0, 0);
    const auto limit = [](__rlimit_resource_t resource, std::uint64_t bytes) {
        const rlimit both{bytes, bytes};
        if (bytes != 0)
            setrlimit(resource, &both);
    };
    limit(RLIMIT_FSIZE, launch.file_limit);
    limit(RLIMIT_AS, launch.memory_limit);
    if (!launch.directory.empty() && chdir(launch.directory.c_str()) != 0)
        _exit(1);
    const auto redirect = [](const std::optional<std::filesystem::path>& path, int flags, int to) {
        if (!path)
            return;
        const int file = open(path->c_str(), flags | O_CLOEXEC, 0600);
        if (file < 0 || dup2(file, to) < 0)
            _exit(1);
    };
    if ((launch.input_end && dup2(*launch.input_end, STDIN_FILENO) < 0) ||
        (launch.output_end && dup2(*launch.output_end, STDOUT_FILENO) < 0))
        _exit(1);
    redirect(launch.input, O_RDONLY, STDIN_FILENO);
    redirect(launch.output, O_WRONLY | O_CREAT | O_APPEND, STDOUT_FILENO);
    redirect(launch.errors, O_WRONLY | O_CREAT | O_APPEND, STDERR_FILENO);
}

std::optional<std::filesystem::path> find_command(const std::string& name) {
    if (name.find('/') != std::string::npos) {
        if (access(name.c_str(), X_OK) == 0)
            return std::filesystem::absolute(name);
        return std::nullopt;
    }
    const char* path = std::getenv("PATH");
    for (const auto& folder : split(path ? path : "/usr/bin:/bin", ':')) {
        const auto candidate = std::filesystem::path(folder.empty() ? "." : folder) / name;
        if (access(candidate.c_str(), X_OK) == 0 && std::filesystem::is_regular_file(candidate))
            return candidate;
    }
    return std::nullopt;
}

Process::Process(const Launch& launch) : child_(std::make_unique<Child>()) {
    namespace bp = process_library;
    const auto program = find_command(launch.command.at(0));
    if (!program)
        throw Failure(Exit::missing, launch.command.at(0) + " is not on this machine",
                      "`./faultline doctor` says which package brings it.");
    const std::vector<std::string> arguments(launch.command.begin() + 1, launch.command.end());
    const pid_t parent = getpid();
    child_->group = launch.group;
    std::error_code error;
    child_->process = bp::child(
        bp::exe = program->string(), bp::args = arguments, error,
        bp::extend::on_exec_setup = [&](auto&) { prepare_child(launch, parent); });
    if (error)
        throw Failure(Exit::failed, "cannot start " + program->string() + ": " + error.message(),
                      "Try to start it by hand; `./faultline doctor` checks the tools.");
}

Process::~Process() {
    if (child_)
        stop();
}

Process::Process(Process&&) noexcept = default;
Process& Process::operator=(Process&& other) noexcept {
    if (this != &other) {
        if (child_)
            stop();
        child_ = std::move(other.child_);
    }
    return *this;
}

std::optional<Ended> Process::poll() {
    std::error_code ignored;
    if (!child_->ended && !child_->process.running(ignored)) {
        const int status = child_->process.native_exit_code();
        child_->ended =
            WIFSIGNALED(status) ? Ended{0, WTERMSIG(status)} : Ended{WEXITSTATUS(status), 0};
    }
    return child_->ended;
}

void Process::stop() {
    if (poll())
        return;
    // With its group, if it has one. Boost's own terminate() would not wait until it is gone.
    const pid_t process = child_->process.id();
    kill(child_->group == Group::own ? -process : process, SIGKILL);
    std::error_code ignored;
    child_->process.wait(ignored);
    child_->ended = Ended{0, SIGKILL};
}

Orphans::Orphans() { prctl(PR_SET_CHILD_SUBREAPER, 1); }

// The parent in /proc/PROCESS/stat, behind the name, which may hold anything; 0 when it is gone.
static pid_t parent_of(pid_t process) {
    std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
    const std::string text{std::istreambuf_iterator<char>(stat), std::istreambuf_iterator<char>()};
    const auto name_end = text.rfind(") ");
    const auto words =
        name_end == text.npos ? std::vector<std::string>{} : split(text.substr(name_end + 2), ' ');
    return words.size() > 1 ? static_cast<pid_t>(parse_number(words[1]).value_or(0)) : 0;
}

Orphans::~Orphans() {
    // Those of a child that ends come to us in turn.
    while (waitpid(-1, nullptr, WNOHANG) >= 0) {
        std::error_code ignored;
        for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored))
            if (const auto process = parse_number(entry.path().filename().string());
                process && parent_of(static_cast<pid_t>(*process)) == getpid())
                kill(static_cast<pid_t>(*process), SIGKILL);
        const timespec moment{0, 10'000'000};
        nanosleep(&moment, nullptr);
    }
    prctl(PR_SET_CHILD_SUBREAPER, 0);
}

int wait_for_event(std::chrono::milliseconds limit, Keyboard keyboard,
                   std::span<pollfd> descriptors) {
    static const int signals = signalfd(-1, &watched_signals, SFD_CLOEXEC | SFD_NONBLOCK);
    std::vector<pollfd> watched(descriptors.begin(), descriptors.end());
    watched.push_back({.fd = signals, .events = POLLIN, .revents = 0});
    poll(watched.data(), watched.size(), static_cast<int>(limit.count()));
    std::copy_n(watched.begin(), descriptors.size(), descriptors.begin());
    const timespec at_once{};
    const int signal = sigtimedwait(&watched_signals, nullptr, &at_once);
    const bool typed = signal == SIGINT || signal == SIGQUIT;
    const bool ends_us =
        typed ? keyboard == Keyboard::ends_us : signal == SIGTERM || signal == SIGHUP;
    if (ends_us)
        throw Interrupted{signal};
    return std::max(signal, 0);
}

Ended wait_for(Process& process, Keyboard keyboard) {
    while (true) {
        if (const auto ended = process.poll())
            return *ended;
        wait_for_event(std::chrono::milliseconds(200), keyboard);
    }
}

// As much of FILE as the bound, though a process of the group may have been at it while it ended.
static std::string beginning_of(const std::filesystem::path& file, std::uint64_t bytes) {
    std::error_code none;
    if (std::filesystem::file_size(file, none) > bytes && !none)
        std::filesystem::resize_file(file, bytes, none);
    return std::filesystem::exists(file) ? read_file(file) : "";
}

Captured capture(const std::vector<std::string>& command, const Bounds& bounds) {
    const Scratch scratch;
    const auto output = scratch.path() / "output";
    Process process({.command = command,
                     .input = "/dev/null",
                     .output = output,
                     .errors = output,
                     .group = Group::own,
                     .file_limit = bounds.output,
                     .memory_limit = bounds.memory});
    const auto deadline = std::chrono::steady_clock::now() + bounds.time;
    bool timed_out = false;
    while (!process.poll()) {
        timed_out = std::chrono::steady_clock::now() > deadline;
        if (timed_out)
            process.stop();
        else
            wait_for_event(std::chrono::milliseconds(100));
    }
    return {*process.poll(), beginning_of(output, bounds.output), timed_out};
}

} // namespace faultline
