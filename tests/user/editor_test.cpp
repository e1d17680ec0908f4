// The line editor: every key, and a screen that always shows what the line holds.
// SPDX-License-Identifier: MIT
#include "screen.hpp"

#include "user/programs/sh/line_editor.hpp"

#include <random>

namespace {

using Editor = sh::LineEditor<Screen>;
using Event = Editor::Event;

struct Desk {
    Screen screen;
    sh::History history;
    Editor editor{screen, history};

    Desk() { editor.start("$ "); }

    Event type(std::string_view keys) {
        Event last = Event::none;
        for (const char key : keys)
            last = editor.feed(key);
        return last;
    }
    // What the row shows, with the cursor as |.
    std::string row() const { return screen.before_cursor() + "|" + screen.behind_cursor(); }
};

constexpr std::string_view UP = "\x1b[A";
constexpr std::string_view DOWN = "\x1b[B";
constexpr std::string_view RIGHT = "\x1b[C";
constexpr std::string_view LEFT = "\x1b[D";

} // namespace

TEST_CASE("typing, and Enter") {
    Desk desk;
    CHECK(desk.row() == "$ |");
    CHECK(desk.type("ls -l") == Event::none);
    CHECK(desk.row() == "$ ls -l|");
    CHECK(desk.type("\r") == Event::line);
    CHECK(desk.editor.text() == "ls -l");
    CHECK(desk.screen.above == "$ ls -l\n");
}

TEST_CASE("moving and putting in between") {
    Desk desk;
    desk.type("abc");
    desk.type(LEFT);
    desk.type(LEFT);
    CHECK(desk.row() == "$ a|bc");
    desk.type("X");
    CHECK(desk.row() == "$ aX|bc");
    desk.type("\x01"); // ^A
    CHECK(desk.row() == "$ |aXbc");
    desk.type(LEFT);
    CHECK(desk.row() == "$ |aXbc");
    desk.type(RIGHT);
    CHECK(desk.row() == "$ a|Xbc");
    desk.type("\x05"); // ^E
    desk.type(RIGHT);
    CHECK(desk.row() == "$ aXbc|");
    for (const std::string_view home : {"\x1b[H", "\x1b[1~", "\x1bOH"}) {
        desk.type(home);
        CHECK(desk.row() == "$ |aXbc");
        desk.type("\x1b[F");
        CHECK(desk.row() == "$ aXbc|");
    }
    CHECK(desk.type("\r") == Event::line);
    CHECK(desk.editor.text() == "aXbc");
}

TEST_CASE("erasing") {
    Desk desk;
    desk.type("one two  three");
    desk.type("\x17"); // ^W
    CHECK(desk.row() == "$ one two  |");
    desk.type("\x17");
    CHECK(desk.row() == "$ one |");
    desk.type("\x7f");
    desk.type("\b");
    CHECK(desk.row() == "$ on|");
    desk.type(LEFT);
    desk.type("\x04"); // ^D erases what is under the cursor
    CHECK(desk.row() == "$ o|");
    desk.type("12");
    desk.type(LEFT);
    desk.type("\x0b"); // ^K
    CHECK(desk.row() == "$ o1|");
    desk.type("23");
    desk.type(LEFT);
    desk.type("\x15"); // ^U
    CHECK(desk.row() == "$ |3");
    desk.type("\x1b[3~"); // delete
    CHECK(desk.row() == "$ |");
    desk.type("\x7f\x15\x0b\x17");
    CHECK(desk.row() == "$ |");
}

TEST_CASE("Ctrl-C abandons, Ctrl-D leaves an empty line, Ctrl-L clears, Tab asks") {
    Desk desk;
    CHECK(desk.type("abc\x03") == Event::abandoned);
    CHECK(desk.screen.above == "$ abc^C\n");
    desk.editor.start("$ ");
    CHECK(desk.type("\t") == Event::complete);
    CHECK(desk.type("x\f") == Event::none);
    CHECK(desk.screen.above.empty());
    CHECK(desk.row() == "$ x|");
    desk.type("\x7f");
    CHECK(desk.type("\x04") == Event::end_of_input);
}

TEST_CASE("what is shown stands above, and the line comes again below it") {
    Desk desk;
    desk.type("ab");
    desk.type(LEFT);
    desk.editor.show([](Screen& screen) { screen.put("names\n"); });
    CHECK(desk.screen.above == "$ ab\nnames\n");
    CHECK(desk.row() == "$ a|b");
}

TEST_CASE("older lines come back, and the one being typed is kept") {
    Desk desk;
    for (const std::string_view line : {"first\r", "second\r", "second\r", "\r"}) {
        desk.type(line);
        desk.editor.start("$ ");
    }
    desk.type("new");
    desk.type(UP);
    CHECK(desk.row() == "$ second|");
    desk.type(UP);
    CHECK(desk.row() == "$ first|");
    CHECK(desk.screen.bells == 0);
    desk.type(UP);
    CHECK(desk.row() == "$ first|");
    CHECK(desk.screen.bells == 1);
    desk.type(DOWN);
    desk.type(DOWN);
    CHECK(desk.row() == "$ new|");
    desk.type(DOWN);
    CHECK(desk.screen.bells == 2);
    desk.type(UP);
    desk.type("!\r");
    CHECK(desk.editor.text() == "second!");
}

TEST_CASE("history forgets the oldest") {
    sh::History history;
    for (std::size_t i = 0; i < 3 * sh::History::LINES; ++i)
        history.add("line " + std::to_string(i));
    CHECK(history.count() == sh::History::LINES);
    CHECK(history.back(1) == "line " + std::to_string(3 * sh::History::LINES - 1));
    CHECK(history.back(history.count()) == "line " + std::to_string(2 * sh::History::LINES));
}

TEST_CASE("a line of any length slides within the row, and a full one rings the bell") {
    Desk desk;
    const std::string letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    for (std::size_t i = 0; i < sh::Line::BYTES; ++i)
        desk.type({&letters[i % letters.size()], 1});
    CHECK(desk.screen.bells == 0);
    CHECK(desk.screen.width() <= 80);
    desk.type("x");
    CHECK(desk.screen.bells == 1);
    desk.type("\x01");
    CHECK(desk.row().starts_with("$ |abcdef"));
    desk.type("\x05");
    CHECK(desk.screen.row().ends_with(desk.editor.text().substr(sh::Line::BYTES - 20)));
}

TEST_CASE("a long line that becomes shorter shows what is left of it") {
    Desk desk;
    desk.type("short\r");
    desk.editor.start("$ ");
    desk.type(std::string(200, 'x') + "y");
    desk.type("\x7f"); // the y
    for (int i = 0; i < 190; ++i) {
        desk.type("\x7f");
        REQUIRE(desk.screen.before_cursor().size() >= std::string("$ xxxxxxxx").size());
    }
    CHECK(desk.row() == "$ xxxxxxxxxx|");
    desk.type(std::string(200, 'x'));
    desk.type(UP);
    CHECK(desk.row() == "$ short|");
}

TEST_CASE("a letter of several bytes is one column and one step") {
    Desk desk;
    desk.type("a\xc3\xa4\xe2\x82\xac"); // a, a umlaut, euro sign
    CHECK(desk.row() == "$ a\xc3\xa4\xe2\x82\xac|");
    desk.type(LEFT);
    desk.type(LEFT);
    CHECK(desk.row() == "$ a|\xc3\xa4\xe2\x82\xac");
    desk.type("\xc3\xb6");
    CHECK(desk.row() == "$ a\xc3\xb6|\xc3\xa4\xe2\x82\xac");
    desk.type("\x04"); // what is under the cursor
    CHECK(desk.row() == "$ a\xc3\xb6|\xe2\x82\xac");
    desk.type(RIGHT);
    desk.type("\x7f");
    CHECK(desk.row() == "$ a\xc3\xb6|");
    desk.type("\x7f");
    CHECK(desk.row() == "$ a|");
    for (int i = 0; i < 100; ++i)
        desk.type("\xc3\xa4");
    CHECK(desk.screen.width() == 79);
    desk.type("\x01"); // ^A
    CHECK(desk.row().starts_with("$ |a\xc3\xa4"));
    CHECK(desk.screen.width() == 79);
}

TEST_CASE("unknown keys ring the bell and change nothing") {
    Desk desk;
    desk.type("a\x1b[Z\x1b[12;5R\x1bx\x0f");
    CHECK(desk.row() == "$ a|");
    CHECK(desk.screen.bells == 4);
}

TEST_CASE("whatever is typed, the row shows the line around the cursor") {
    constexpr std::string_view KEYS[] = {
        "a",    "b c",  " ",    "\x7f", "\x1b[A", "\x1b[B",  "\x1b[C",         "\x1b[D",  "\x1b[D",
        "\x01", "\x05", "\x0b", "\x15", "\x17",   "\x1b[3~", "long word here", "\xc3\xa4"};
    std::mt19937 random(11);
    for (int round = 0; round < 200; ++round) {
        Desk desk;
        for (int i = 0; i < 300; ++i) {
            desk.type(KEYS[random() % std::size(KEYS)]);
            const std::string text(desk.editor.text());
            const std::string before(desk.editor.before_cursor());
            REQUIRE(desk.screen.row().starts_with("$ "));
            const std::string left = desk.screen.before_cursor().substr(2);
            const std::string right = desk.screen.behind_cursor();
            REQUIRE(before.ends_with(left));
            REQUIRE(text.substr(before.size()).starts_with(right));
            // Either all of the rest is shown, or as much as the row holds.
            REQUIRE((before + right == text || desk.screen.width() == 79));
            REQUIRE((left == before || os::columns(left) >= 8)); // where the cursor is, one can see
        }
        desk.type("\r");
    }
}

TEST_CASE("a line of which something was lost is refused, and nothing else is") {
    const std::string full(sh::Line::BYTES, 'x');
    const auto ends_as = [](const std::string& keys) {
        Desk desk;
        return desk.type(keys + "\r");
    };
    CHECK(ends_as(full) == Event::line);
    CHECK(ends_as(full + "y") == Event::too_long);
    CHECK(ends_as(full + "y\x7f\x7f") == Event::too_long); // what it was is not known any more
    CHECK(ends_as(full + "y\x15") == Event::line);         // ^U: begun anew
    CHECK(ends_as(full + "y" + std::string(full.size(), '\x7f') + "ls") == Event::line);
    Desk desk;
    desk.type("ls\r");
    desk.editor.start("$ ");
    CHECK(desk.type(full + "yz\r") == Event::too_long);
    desk.editor.start("$ ");
    CHECK(desk.type("pwd\r") == Event::line);
    CHECK(desk.editor.text() == "pwd");
    // The line is not remembered; an older one that is recalled has all its letters, and the lost
    // one that is gone back to has not.
    desk.editor.start("$ ");
    desk.type(UP);
    desk.type(UP);
    CHECK(desk.editor.text() == "ls");
    desk.editor.start("$ ");
    desk.type(full + "y");
    desk.type(UP);
    CHECK(desk.type("\r") == Event::line);
    desk.editor.start("$ ");
    desk.type(full + "y");
    desk.type(UP);
    desk.type(DOWN);
    CHECK(desk.type("\r") == Event::too_long);
}
