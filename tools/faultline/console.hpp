// Between the terminal and the serial line of a machine.
// SPDX-License-Identifier: MIT
//
// QEMU gets pipes, and this passes on what comes: output without the firmware's banner, input once
// the machine takes it. The firmware's set-up of the serial line would drop the first byte of what
// waits there; whatever comes later waits in QEMU until the kernel reads it. A terminal is put into
// raw mode as QEMU does it, so that all keys are the guest's, and put back however this ends.
#pragma once

#include "firmware_banner.hpp"
#include "process.hpp"

#include <optional>
#include <string>
#include <termios.h>

namespace faultline {

// What is typed before the machine takes it. QEMU's own keys (Ctrl-A and another) go to it at once.
class HeldInput {
public:
    void type(std::string_view bytes);
    void release() { is_released_ = true; }
    // What may be sent now.
    std::string take();
    std::size_t size() const { return held_.size(); }
    bool is_empty() const { return at_once_.empty() && held_.empty(); }

private:
    static constexpr char ESCAPE = '\x01'; // Ctrl-A

    bool is_released_ = false;
    bool is_escaped_ = false;     // the last byte was Ctrl-A
    bool is_for_monitor_ = false; // after Ctrl-A C, until the next
    std::string at_once_;
    std::string held_;
};

class Console {
public:
    enum class Banner { left_out, shown };
    enum class Keys { for_the_guest, for_another }; // such as a debugger; then output alone passes

    explicit Console(Banner banner, Keys keys = Keys::for_the_guest);
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    // How QEMU is to be started: with the other ends of the pipes.
    void connect(Launch& launch) const;
    // Until PROCESS (QEMU, or the one that has the keys) has ended and all that QEMU wrote is
    // shown. Throws when nobody reads that any more.
    Ended attend(Process& process);

private:
    struct Pipe {
        int read_end = -1;
        int write_end = -1;
    };

    void make_raw();
    void wait();
    void read_keys();
    void send();
    bool hear();
    void show();
    void end_banner();
    bool is_silent() const;

    Banner banner_;
    Keys keys_;
    std::optional<termios> before_; // of the terminal, if there is one
    Pipe to_machine_;
    Pipe from_machine_;
    FirmwareBanner filter_;
    HeldInput input_;
    std::string sending_;
    std::string showing_;
    bool keyboard_ended_ = false;
    bool has_spoken_ = false;
    std::chrono::steady_clock::time_point heard_ = std::chrono::steady_clock::now();
};

} // namespace faultline
