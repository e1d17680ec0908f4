// Between the terminal and the serial line of a machine.
// SPDX-License-Identifier: MIT
//
// Before: run.cpp, which starts QEMU. Here one loop waits for whichever of the four ends is ready,
// and holds no more than it could pass on: who reads slowly makes the other side wait.
#include "console.hpp"

#include "failure.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace faultline {

namespace {

constexpr std::size_t MOST_HELD = 65536; // bytes of input
constexpr std::size_t PIECE = 4096;      // what a pipe takes at once when it is ready

// A machine that says nothing for so long has no banner, or one of another shape.
constexpr std::chrono::seconds UNTIL_FIRST_WORD(20);
constexpr std::chrono::seconds UNTIL_NEXT_WORD(2);

void close_end(int& end) {
    if (end >= 0)
        close(std::exchange(end, -1));
}

} // namespace

void HeldInput::type(std::string_view bytes) {
    for (const char byte : bytes) {
        if (is_released_ && !is_for_monitor_) {
            held_ += byte;
        } else if (is_escaped_) {
            is_escaped_ = false;
            (byte == ESCAPE ? held_ : at_once_) += {ESCAPE, byte};
            is_for_monitor_ = is_for_monitor_ != (byte == 'c');
        } else if (byte == ESCAPE) {
            is_escaped_ = true;
        } else {
            (is_for_monitor_ ? at_once_ : held_) += byte;
        }
    }
}

std::string HeldInput::take() {
    if (!is_released_ || is_for_monitor_)
        return std::exchange(at_once_, "");
    if (std::exchange(is_escaped_, false))
        held_ += ESCAPE;
    return std::exchange(at_once_, "") + std::exchange(held_, "");
}

Console::Console(Banner banner, Keys keys)
    : banner_(banner), keys_(keys), keyboard_ended_(keys == Keys::for_another) {
    std::array<int, 4> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0 || pipe2(ends.data() + 2, O_CLOEXEC) != 0)
        throw Failure(Exit::failed, std::string("cannot make a pipe: ") + std::strerror(errno),
                      "Close some programs and try again.");
    to_machine_ = {ends[0], ends[1]};
    from_machine_ = {ends[2], ends[3]};
    fcntl(to_machine_.write_end, F_SETFL, O_NONBLOCK);
    fcntl(from_machine_.read_end, F_SETFL, O_NONBLOCK);
    if (termios now{}; tcgetattr(STDIN_FILENO, &now) == 0)
        before_ = now;
}

Console::~Console() {
    if (before_)
        tcsetattr(STDIN_FILENO, TCSANOW, &*before_);
    for (auto* pipe : {&to_machine_, &from_machine_}) {
        close_end(pipe->read_end);
        close_end(pipe->write_end);
    }
}

void Console::connect(Launch& launch) const {
    if (keys_ == Keys::for_the_guest)
        launch.input_end = to_machine_.read_end;
    launch.output_end = from_machine_.write_end;
}

// No echo, no lines, no signals: every key is the guest's. Output stays as it is.
void Console::make_raw() {
    if (!before_ || keys_ == Keys::for_another)
        return;
    termios raw = *before_;
    raw.c_iflag &=
        ~static_cast<tcflag_t>(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
    raw.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
    raw.c_cflag = (raw.c_cflag & ~static_cast<tcflag_t>(CSIZE | PARENB)) | CS8;
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

bool Console::is_silent() const {
    if (keys_ == Keys::for_another) // a debugger may stop the machine for as long as it likes
        return false;
    return std::chrono::steady_clock::now() - heard_ >
           (has_spoken_ ? UNTIL_NEXT_WORD : UNTIL_FIRST_WORD);
}

// Sleeps until something can be done, and does it.
void Console::wait() {
    const bool can_take_keys =
        !keyboard_ended_ && input_.size() < MOST_HELD && sending_.size() < MOST_HELD;
    std::array<pollfd, 4> ends{{
        {.fd = can_take_keys ? STDIN_FILENO : -1, .events = POLLIN, .revents = 0},
        {.fd = sending_.empty() ? -1 : to_machine_.write_end, .events = POLLOUT, .revents = 0},
        {.fd = showing_.empty() ? from_machine_.read_end : -1, .events = POLLIN, .revents = 0},
        {.fd = showing_.empty() ? -1 : STDOUT_FILENO, .events = POLLOUT, .revents = 0},
    }};
    const auto keyboard =
        keys_ == Keys::for_another ? Keyboard::is_for_the_child : Keyboard::ends_us;
    const int signal = wait_for_event(std::chrono::milliseconds(200), keyboard, ends);
    if (signal == SIGCONT) // whoever stopped us has set the terminal as he likes it
        make_raw();
    if (ends[0].revents != 0)
        read_keys();
    if (ends[1].revents != 0)
        send();
    if (ends[3].revents != 0)
        show();
    if (ends[2].revents != 0)
        hear();
}

void Console::read_keys() {
    std::array<char, PIECE> keys{};
    const auto count = read(STDIN_FILENO, keys.data(), keys.size());
    if (count > 0)
        input_.type({keys.data(), static_cast<std::size_t>(count)});
    else if (count == 0 || (errno != EINTR && errno != EAGAIN))
        keyboard_ended_ = true;
}

void Console::send() {
    const auto count = write(to_machine_.write_end, sending_.data(), sending_.size());
    if (count > 0)
        sending_.erase(0, static_cast<std::size_t>(count));
    else if (errno == EPIPE) // QEMU has ended: nobody is left to read it
        sending_.clear();
}

// Whether anything was to be heard.
bool Console::hear() {
    std::array<char, PIECE> bytes{};
    const auto count = read(from_machine_.read_end, bytes.data(), bytes.size());
    if (count == 0)
        close_end(from_machine_.read_end);
    if (count <= 0)
        return false;
    has_spoken_ = true;
    heard_ = std::chrono::steady_clock::now();
    const std::string_view heard(bytes.data(), static_cast<std::size_t>(count));
    const auto shown = filter_.feed(heard);
    showing_ += banner_ == Banner::shown ? std::string(heard) : shown;
    return true;
}

void Console::show() {
    const auto count = write(STDOUT_FILENO, showing_.data(), std::min(showing_.size(), PIECE));
    if (count > 0)
        showing_.erase(0, static_cast<std::size_t>(count));
    else if (errno != EINTR && errno != EAGAIN)
        throw Failure(Exit::failed,
                      std::string("cannot write to standard output: ") + std::strerror(errno),
                      "The machine was ended. Check the disk or the program that reads it.");
}

void Console::end_banner() {
    const auto rest = filter_.finish();
    if (banner_ == Banner::left_out)
        showing_ += rest;
}

Ended Console::attend(Process& process) {
    close_end(to_machine_.read_end); // they are QEMU's now
    close_end(from_machine_.write_end);
    make_raw();
    std::optional<Ended> ended;
    while (!(ended = process.poll())) {
        if (!filter_.is_over() && is_silent())
            end_banner();
        if (filter_.is_over())
            input_.release();
        sending_ += input_.take();
        if (keyboard_ended_ && input_.is_empty() && sending_.empty())
            close_end(to_machine_.write_end);
        wait();
    }
    sending_.clear();
    const auto show_all = [&] {
        while (!showing_.empty())
            wait();
    };
    while (hear())
        show_all();
    end_banner();
    show_all();
    return *ended;
}

} // namespace faultline
