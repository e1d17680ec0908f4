// Talking to a machine over a pseudo-terminal.
// SPDX-License-Identifier: MIT
#include "conversation.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <poll.h>
#include <pty.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

Conversation::Conversation(const std::string& arguments) {
    const std::string line = "exec '" FAULTLINE "' run " + arguments;
    process_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (process_ < 0)
        throw std::runtime_error("no pseudo-terminal");
    if (process_ == 0) {
        execl("/bin/sh", "sh", "-c", line.c_str(), static_cast<char*>(nullptr));
        _exit(127);
    }
}

Conversation::~Conversation() {
    if (process_ > 0) {
        kill(process_, SIGTERM); // the command ends QEMU
        waitpid(process_, nullptr, 0);
    }
    close(terminal_);
}

void Conversation::type(const std::string& keys) {
    for (std::size_t at = 0; at < keys.size();) {
        const ssize_t count = write(terminal_, keys.data() + at, keys.size() - at);
        if (count < 0)
            throw std::runtime_error("nobody is at the terminal any more");
        at += static_cast<std::size_t>(count);
    }
}

bool Conversation::listen(int seconds) {
    pollfd waiting{.fd = terminal_, .events = POLLIN, .revents = 0};
    std::array<char, 4096> piece{};
    const ssize_t count =
        poll(&waiting, 1, seconds * 1000) > 0 ? read(terminal_, piece.data(), piece.size()) : 0;
    if (count > 0)
        heard_.append(piece.data(), static_cast<std::size_t>(count));
    return count > 0;
}

bool Conversation::hears(const std::string& words, int seconds) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::seconds(seconds);
    for (;;) {
        const std::size_t found = heard_.find(words, understood_);
        if (found != std::string::npos) {
            understood_ = found + words.size();
            return true;
        }
        if (Clock::now() > end || !listen(seconds))
            return false;
    }
}

int Conversation::status() {
    while (listen(60))
        continue;
    int status = 0;
    for (int i = 0; waitpid(process_, &status, WNOHANG) != process_; ++i) {
        if (i == 100)
            return -1;
        usleep(100'000);
    }
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
