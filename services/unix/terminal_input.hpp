// The terminal's keys: editing a line, ending it, and the reader who takes it.
// SPDX-License-Identifier: MIT
//
// Second half of services/unix/terminal.hpp, which includes it.
#pragma once

#include "services/unix/terminal.hpp"

#include <algorithm>

namespace unix {

template <Sink S>
Received Terminal::receive(std::byte byte, S& sink) {
    if (mode_ == TerminalMode::lines)
        return edit(byte, sink);
    if (room() == 0) {
        sink.put(std::string_view("\a"));
        return Received::nothing;
    }
    at(typed_++) = byte;
    finished_ = typed_;
    return Received::input;
}

template <Sink S>
Received Terminal::edit(std::byte byte, S& sink) {
    switch (byte) {
    case BACKSPACE:
    case DELETE:
        erase_letter(sink);
        return Received::nothing;
    case ERASE_LINE:
        while (typed_ != finished_)
            erase_letter(sink);
        return Received::nothing;
    case ERASE_WORD:
        while (ends_in_blank())
            erase_letter(sink);
        while (ends_in_letter())
            erase_letter(sink);
        return Received::nothing;
    case RETURN:
    case NEW_LINE:
        return finish(NEW_LINE, sink);
    case END_OF_FILE:
        return finish(END_OF_FILE, sink);
    case INTERRUPT:
        return interrupt(sink);
    default:
        add(byte, sink);
        return Received::nothing;
    }
}

// The last free byte is kept for what ends the line.
template <Sink S>
void Terminal::add(std::byte byte, S& sink) {
    if (room() <= 1) {
        sink.put(std::string_view("\a"));
        return;
    }
    at(typed_++) = byte;
    if (!hidden_)
        echo(byte, sink);
}

template <Sink S>
Received Terminal::finish(std::byte byte, S& sink) {
    if (room() == 0) {
        sink.put(std::string_view("\a"));
        return Received::nothing;
    }
    at(typed_++) = byte;
    finished_ = typed_;
    if (byte == NEW_LINE && !hidden_)
        echo(byte, sink);
    return Received::input;
}

template <Sink S>
Received Terminal::interrupt(S& sink) {
    typed_ = finished_ = read_;
    hidden_ = false;
    put_text(std::string_view("^C\n"), sink);
    return Received::interrupt;
}

template <Sink S>
void Terminal::erase_letter(S& sink) {
    for (std::uint32_t column = forget_letter(); column != 0 && !hidden_; --column)
        sink.put(std::string_view("\b \b"));
}

// A tab shows as one blank, so that it can be erased.
template <Sink S>
void Terminal::echo(std::byte byte, S& sink) {
    if (byte == TAB || byte == NEW_LINE) {
        put_text(byte == TAB ? std::string_view(" ") : std::string_view("\n"), sink);
        return;
    }
    std::array<char, 2> shown{'^', static_cast<char>(std::to_integer<unsigned char>(byte))};
    if (is_control(byte))
        shown[1] = static_cast<char>(std::to_integer<unsigned char>(byte) + '@');
    sink.put(std::string_view(shown).substr(is_control(byte) ? 0 : 1));
}

template <Sink S>
void Terminal::reveal(std::uint32_t from, std::uint32_t to, S& sink) {
    for (std::uint32_t position = from; hidden_ && position != to; ++position)
        echo(at(position), sink);
    hidden_ = hidden_ && to != typed_;
}

template <Sink S>
Received Terminal::set_mode(TerminalMode mode, S& sink) {
    if (mode == mode_)
        return Received::nothing;
    const std::uint32_t first = read_;
    const std::uint32_t end = typed_;
    mode_ = mode;
    hidden_ = mode == TerminalMode::lines && first != end;
    typed_ = finished_ = read_;
    Received all = Received::nothing;
    // Each byte is read here before it can be written over: receive stores one at most.
    for (std::uint32_t position = first; position != end; ++position)
        all = std::max(all, receive(at(position), sink));
    return all;
}

template <io::Destination D, Sink S>
Result<std::uint64_t> Terminal::read(std::uint64_t count, D& destination, S& sink) {
    if (count == 0)
        return 0;
    const std::uint32_t first = read_;
    if (first == finished_) {
        reveal(first, typed_, sink);
        return std::unexpected(Error::would_block);
    }
    const std::uint32_t length = line_length(count);
    std::uint32_t done = 0;
    while (done < length) {
        const std::uint32_t place = read_ % BYTES;
        const Bytes piece = Bytes(ring_).subspan(place, std::min(length - done, BYTES - place));
        const Result<void> put = destination.put(piece);
        if (!put && done == 0)
            return std::unexpected(put.error());
        if (!put)
            break;
        done += static_cast<std::uint32_t>(piece.size());
        read_ += static_cast<std::uint32_t>(piece.size());
    }
    reveal(first, read_, sink);
    // The mark behind a line that ^D ended goes with it; alone it is the end of the file.
    if (done == length && (length == 0 || at(read_ - 1) != NEW_LINE))
        take_end_of_file();
    return done;
}

} // namespace unix
