// One line as it is typed: keys in, the screen's row kept up to date.
// SPDX-License-Identifier: MIT
//
// The row shows the prompt and as much of the line as fits; a longer line slides. Before: the
// console's bytes, through KeyDecoder. Next: the parser gets the finished line. Nothing here waits
// or calls the system: bytes come by feed(), text for the screen goes to a sink.
//
// A line of which something was lost, because it was longer than there is room, is refused: what is
// left of `rm -r /old/tree` could be `rm -r /`.
#pragma once

#include "history.hpp"
#include "keys.hpp"
#include "line.hpp"

#include "lib/print.hpp"

namespace sh {

template <Sink S>
class LineEditor {
public:
    enum class Event : std::uint8_t {
        none,
        line,         // text() is complete
        too_long,     // it would not be: forget it
        abandoned,    // Ctrl-C: forget it
        end_of_input, // Ctrl-D on an empty line
        complete,     // Tab: who knows names may call insert() or show()
    };

    static constexpr std::size_t WIDTH = 80; // of the row

    constexpr LineEditor(S& screen, History& history) : screen_(screen), history_(history) {}

    // PROMPT stays the caller's.
    void start(std::string_view prompt) {
        prompt_ = prompt;
        line_.set("");
        shift_ = 0;
        back_ = 0;
        redraw();
    }

    Event feed(char byte) {
        const std::optional<Key> key = decoder_.feed(byte);
        return key ? press(*key, byte) : Event::none;
    }

    std::string_view text() const { return line_.text(); }
    std::string_view before_cursor() const { return line_.before_cursor(); }

    // Puts TEXT at the cursor, and whether there was room; a bell where there is none.
    bool insert(std::string_view text) {
        if (!line_.insert(text)) {
            bell();
            return false;
        }
        // The usual case, typing at the end, needs no new row. A letter's later bytes do: terminals
        // want them right behind its first.
        const bool at_end = line_.cursor() == line_.length();
        if (at_end && fits(shift_, line_.cursor()) && !os::continues_letter(text.front()))
            screen_.put(text);
        else
            redraw();
        return true;
    }

    // PUT(screen) puts whole lines between this row and a new one.
    template <class Put>
    void show(Put put) {
        screen_.put("\n");
        put(screen_);
        redraw();
    }
    void bell() { screen_.put("\a"); }

private:
    Event press(Key key, char byte) {
        switch (key) {
        case Key::character:
            if (!insert({&byte, 1}))
                line_.lose();
            return Event::none;
        case Key::enter:
            return finish(line_.has_lost() ? Event::too_long : Event::line, "\n");
        case Key::interrupt:
            return finish(Event::abandoned, "^C\n");
        case Key::end_of_input:
            if (line_.length() == 0)
                return finish(Event::end_of_input, "\n");
            change(Key::erase_at);
            return Event::none;
        case Key::tab:
            return Event::complete;
        case Key::clear_screen:
            screen_.put("\x1b[H\x1b[2J");
            redraw();
            return Event::none;
        case Key::unknown:
            bell();
            return Event::none;
        default:
            change(key);
            return Event::none;
        }
    }

    Event finish(Event event, std::string_view ending) {
        line_.move_to(line_.length());
        redraw();
        screen_.put(ending);
        if (event == Event::line)
            history_.add(line_.text());
        return event;
    }

    // Keys that move the cursor or take something away.
    void change(Key key) {
        const std::size_t cursor = line_.cursor();
        const std::size_t length = line_.length();
        switch (key) {
        case Key::left:
            line_.move_to(line_.before(cursor));
            break;
        case Key::right:
            line_.move_to(line_.behind(cursor));
            break;
        case Key::home:
            line_.move_to(0);
            break;
        case Key::end:
            line_.move_to(length);
            break;
        case Key::erase_before:
            line_.erase(line_.before(cursor), cursor);
            break;
        case Key::erase_at:
            line_.erase(cursor, line_.behind(cursor));
            break;
        case Key::erase_line:
            line_.erase(0, cursor);
            break;
        case Key::erase_rest:
            line_.erase(cursor, length);
            break;
        case Key::erase_word:
            line_.erase(line_.start_of_word(), cursor);
            break;
        case Key::up:
            recall(back_ + 1);
            break;
        case Key::down:
            recall(back_ == 0 ? 0 : back_ - 1);
            break;
        default:
            break;
        }
        redraw();
    }

    // The line before the last BACK - 1 ones; 0 is the one that was being typed.
    void recall(std::size_t back) {
        if (back > history_.count() || back == back_) {
            bell();
            return;
        }
        if (back_ == 0)
            typed_ = line_;
        back_ = back;
        if (back == 0)
            line_ = typed_;
        else
            line_.set(history_.back(back));
    }

    // Columns of the row behind the prompt, but the last one: there the cursor stands at the end.
    std::size_t room() const {
        const std::size_t used = os::columns(prompt_) + 1;
        return used + 8 < WIDTH ? WIDTH - used : 8;
    }
    bool fits(std::size_t from, std::size_t to) const { return line_.columns(from, to) <= room(); }

    // Slides the line so that the cursor is seen, and some of what stands before it.
    void slide() {
        constexpr std::size_t SEEN = 8;
        const std::size_t cursor = line_.cursor();
        if (fits(0, line_.length()))
            shift_ = 0;
        const std::size_t before = cursor < shift_ ? 0 : line_.columns(shift_, cursor);
        if (before <= room() && (before >= SEEN || shift_ == 0))
            return;
        shift_ = cursor;
        for (std::size_t i = before > room() ? room() : room() / 2; i != 0; --i)
            shift_ = line_.before(shift_);
    }

    void redraw() {
        slide();
        std::size_t end = shift_;
        for (std::size_t shown = 0; shown < room() && end < line_.length(); ++shown)
            end = line_.behind(end);
        screen_.put("\r");
        screen_.put(prompt_);
        screen_.put(line_.text().substr(shift_, end - shift_));
        screen_.put("\x1b[K"); // erase to the end of the row
        const std::size_t behind = line_.columns(line_.cursor(), end);
        if (behind != 0)
            print(screen_, "\x1b[", behind, "D"); // cursor left
    }

    S& screen_;
    History& history_;
    KeyDecoder decoder_;
    std::string_view prompt_;
    Line line_;
    Line typed_;            // while older lines are shown
    std::size_t back_ = 0;  // which of them; 0: none
    std::size_t shift_ = 0; // bytes that slid out on the left
};

} // namespace sh
