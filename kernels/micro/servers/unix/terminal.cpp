// The terminal's keys and screen, and words for people: all by way of the console server.
// SPDX-License-Identifier: MIT
//
// Before: the loop in calls.cpp, with a notice; services/unix, with an echo or a program's text.
// Next: the console server; where that has gone, the kernel's own console.
#include "kernels/micro/servers/unix/personality.hpp"

#include "kernels/micro/library/server.hpp"

namespace {

// Every byte as it is.
void put_raw(std::string_view text) {
    if (text.empty() || console::put(root::slot::CONSOLE, text))
        return;
    micro::DebugConsole kernel;
    kernel.put(text);
}

} // namespace

void UnixPlacement::put(std::string_view text) { put_raw(text); }

void UnixConsole::put(std::string_view text) {
    for (const char character : text) {
        if (character == '\n')
            put('\r');
        put(character);
        if (character == '\n')
            flush();
    }
}

void UnixConsole::put(char character) {
    if (count_ == line_.size())
        flush();
    line_[count_++] = character;
}

void UnixConsole::flush() { put_raw(std::string_view(line_.data(), std::exchange(count_, 0))); }

void take_keys() {
    std::array<std::byte, console::MOST_KEYS> keys{};
    Result<std::size_t> count = 0;
    while ((count = console::take_keys(root::slot::CONSOLE, keys)) && *count != 0)
        for (const std::byte key : std::span(keys).first(*count))
            personality.system.terminal_input(key);
    if (count)
        return;
    personality.has_keyboard = false;
    personality.has_more_to_do = true; // perhaps everybody waits for a key
}

bool is_key_awaited() {
    return personality.has_keyboard && (!personality.waiting.is_empty(unix::Event::terminal()) ||
                                        personality.system.may_interrupt());
}
