// The terminal: makes lines out of keys, echoes, and tells who is interrupted.
// SPDX-License-Identifier: MIT
//
// The driver hands over each byte that arrives (receive); programs read lines. In raw mode they
// get every byte as it comes, without echo: an editor does its own. The ring holds what nobody has
// read yet, first finished input, then the line that is still being typed:
//
//     read_          finished_        typed_
//       | line \n line \n | unfinished  |
//
// Keys: backspace (8 or 127), ^U the line, ^W a word, ^D end of file (on a line that has begun: the
// line as it is), ^C interrupts the foreground group and forgets all input. A line that is too long
// rings the bell; what was typed stays.
//
// What comes in raw mode and is left to the lines' mode was shown by nobody. A reader who takes it
// shows it, so that pasted lines stand where they were read.
#pragma once

#include "services/io/transfer.hpp"

#include "lib/print.hpp"

#include <array>

namespace unix {

// What a byte from the driver led to.
enum class Received : std::uint8_t { nothing, input, interrupt };

enum class TerminalMode : std::uint8_t { lines = 0, raw = 1 }; // numbered as the call `terminal`

// How a new line leaves for the screen. A serial line without a driver of its own at the far end
// needs the carriage return; QEMU's stdio does not, since it lets the host's terminal add it.
enum class NewLine : std::uint8_t { as_it_is, with_carriage_return };

class Terminal {
public:
    static constexpr std::uint32_t BYTES = 8192; // input that may wait, the line being typed too

    TerminalMode mode() const { return mode_; }
    void set_new_line(NewLine how) { new_line_ = how; }

    // A byte has arrived; the echo goes to SINK.
    template <Sink S>
    Received receive(std::byte byte, S& sink);

    // What was typed and not read yet is taken as if it were typed again now, unseen.
    template <Sink S>
    Received set_mode(TerminalMode mode, S& sink);

    // Up to COUNT bytes, of one line at most; 0: end of file. would_block: no line is finished.
    template <io::Destination D, Sink S>
    Result<std::uint64_t> read(std::uint64_t count, D& destination, S& sink);

    // COUNT bytes to the screen.
    template <io::Source S, Sink Screen>
    Result<std::uint64_t> write(std::uint64_t count, S& source, Screen& screen);

private:
    static constexpr std::byte BELL{7};
    static constexpr std::byte BACKSPACE{8};
    static constexpr std::byte TAB{9};
    static constexpr std::byte NEW_LINE{10};
    static constexpr std::byte RETURN{13};
    static constexpr std::byte DELETE{127};
    static constexpr std::byte INTERRUPT{'C' - '@'};
    static constexpr std::byte END_OF_FILE{'D' - '@'};
    static constexpr std::byte ERASE_LINE{'U' - '@'};
    static constexpr std::byte ERASE_WORD{'W' - '@'};

    static constexpr bool is_control(std::byte byte) { return byte < std::byte{' '}; }
    // The second and later bytes of a letter in UTF-8 are 10xxxxxx.
    static constexpr bool continues_letter(std::byte byte) {
        return (byte & std::byte{0xc0}) == std::byte{0x80};
    }
    std::byte& at(std::uint32_t position) { return ring_[position % BYTES]; }
    std::uint32_t room() const { return BYTES - (typed_ - read_); }

    // One line's bytes from read_ on, COUNT at most; whether an end-of-file mark stands behind.
    std::uint32_t line_length(std::uint64_t count);
    bool take_end_of_file();
    // Forgets the last letter typed, and tells how many columns it had; 0: the line is empty.
    std::uint32_t forget_letter();
    bool ends_in_blank();
    bool ends_in_letter() { return typed_ != finished_ && !ends_in_blank(); }

    template <Sink S>
    void echo(std::byte byte, S& sink);
    // Shows what waits from FROM to TO, if nobody has.
    template <Sink S>
    void reveal(std::uint32_t from, std::uint32_t to, S& sink);
    template <Sink S>
    void erase_letter(S& sink);
    template <Sink S>
    void add(std::byte byte, S& sink);
    template <Sink S>
    Received finish(std::byte byte, S& sink);
    template <Sink S>
    Received interrupt(S& sink);
    template <Sink S>
    Received edit(std::byte byte, S& sink);
    template <Sink S>
    void put_text(std::string_view text, S& sink);

    std::array<std::byte, BYTES> ring_{};
    std::uint32_t read_ = 0; // positions count bytes since the beginning, and wrap around
    std::uint32_t finished_ = 0;
    std::uint32_t typed_ = 0;
    bool hidden_ = false; // what waits was not shown, nor is what comes behind it
    TerminalMode mode_ = TerminalMode::lines;
    NewLine new_line_ = NewLine::as_it_is;
};

} // namespace unix

#include "services/unix/terminal_input.hpp"
#include "services/unix/terminal_output.hpp"
