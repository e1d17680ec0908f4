// Tries a sandbox before it is used: a job does its worst, and what it could not do is enforced.
// SPDX-License-Identifier: MIT
//
// lab-intruder (intruder.cpp) makes the attempts and prints a line for each that it got away with.
#include "failure.hpp"
#include "sandbox.hpp"
#include "scratch.hpp"
#include "text.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lab {

namespace {

// A port of this machine at which somebody listens.
class Listener {
public:
    Listener() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* plain = reinterpret_cast<sockaddr*>(&address);
        if (bind(socket_, plain, size) == 0 && listen(socket_, 4) == 0 &&
            getsockname(socket_, plain, &size) == 0)
            port_ = ntohs(address.sin_port);
    }
    ~Listener() { close(socket_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    std::uint16_t port() const { return port_; }

private:
    int socket_;
    std::uint16_t port_ = 0;
};

constexpr JobLimits LIMITS{.wall = std::chrono::milliseconds(10'000),
                           .processor = std::chrono::seconds(2),
                           .memory = 256 << 20,
                           .file = 256 << 10,
                           .disk = 4 << 20,
                           .processes = 8};

// Does somebody of the job still hold the lock on FILE?
bool is_held(const std::filesystem::path& file) {
    const int opened = open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (opened < 0)
        return false;
    const bool held = flock(opened, LOCK_EX | LOCK_NB) != 0;
    close(opened);
    return held;
}

} // namespace

void Sandbox::try_it() {
    const faultline::Scratch scratch;
    chmod(scratch.path().c_str(), 0711); // as the folder of a submission
    const auto folder = scratch.path() / "job";
    const auto judges = scratch.path() / "judge";
    const auto shown = scratch.path() / "shown"; // readable to all, and not given to the job
    std::filesystem::create_directory(folder);
    std::filesystem::create_directory(judges);
    chmod(judges.c_str(), 0700);
    std::filesystem::create_directory(shown);
    faultline::write_file(judges / "secret", "secret");
    faultline::write_file(shown / "file", "shown");
    const Listener listener;

    Job job{.command = {LAB_INTRUDER, "all", std::to_string(listener.port()), judges / "secret",
                        shown / "file", std::to_string(getpid())},
            .folder = folder,
            .reads = {LAB_INTRUDER},
            .limits = LIMITS};
    const JobEnd worst = run(job);
    const auto could = [&](const char* what) {
        return worst.output.find(std::string("could ") + what + "\n") != std::string::npos;
    };
    const bool tried = worst.output.find("tried all\n") != std::string::npos;
    if (!tried)
        throw faultline::Failure(faultline::Exit::missing,
                                 "a first job did not come to its end: " + worst.output,
                                 "Look at the kind's own messages above.");
    job.command = {LAB_INTRUDER, "sleep"};
    job.limits.wall = std::chrono::milliseconds(100);
    const JobEnd asleep = run(job);
    job.limits.wall = LIMITS.wall;
    job.command = {LAB_INTRUDER, "print"};
    const JobEnd printed = run(job);
    job.command = {LAB_INTRUDER, "fill"};
    const JobEnd filled = run(job);

    enforced_ = {.network = !could("connect"),
                 .memory = !could("take memory"),
                 .processes = !could("fork") && !could("kill") && !is_held(folder / "alive"),
                 .time = asleep.how == JobEnding::wall,
                 .files = !could("read") && !could("write"),
                 .given = !could("read what is shown"),
                 .output = printed.how == JobEnding::file && filled.how == JobEnding::disk};
}

} // namespace lab
