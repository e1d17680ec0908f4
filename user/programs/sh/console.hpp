// Lines from a person: the prompt, the editor, and what Tab does, on the real console.
// SPDX-License-Identifier: MIT
//
// Before: sh.cpp. While a line is edited the console passes every byte as it comes; while commands
// run, it is theirs, in lines.
#pragma once

#include "line_editor.hpp"

#include "user/lib/directory.hpp"
#include "user/lib/writer.hpp"

namespace sh {

class Console {
public:
    constexpr Console() = default;

    struct Typed {
        std::string_view text; // good until the next call
        bool whole;            // false: more was typed than there is room for
    };
    static constexpr std::size_t LINE_BYTES = Line::BYTES;

    // The next line that was finished; nothing at Ctrl-D.
    std::optional<Typed> read_line();

private:
    // What the editor shows, in few calls.
    struct Screen {
        static constexpr std::size_t BYTES = 1024;
        os::FixedText<BYTES> text;
        void put(std::string_view part) {
            if (part.size() > BYTES - text.view().size())
                flush();
            text.put(part);
        }
        void flush() {
            os::write(text.view());
            text.clear();
        }
    };
    using Editor = LineEditor<Screen>;

    void make_prompt();
    void complete();

    Screen screen_;
    History history_;
    Editor editor_{screen_, history_};
    os::FixedText<64> prompt_;
};

} // namespace sh
