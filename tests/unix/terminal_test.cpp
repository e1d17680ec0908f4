// The terminal, byte by byte: what it shows, what a reader gets, whom it interrupts.
// SPDX-License-Identifier: MIT
#include "services/unix/terminal.hpp"
#include "text.hpp"

#include <doctest/doctest.h>

#include <random>
#include <vector>

namespace {

using unix::Received;
using unix::Terminal;
using unix::TerminalMode;

struct Screen {
    std::string text{};
    void put(std::string_view more) { text += more; }
};

struct World {
    Terminal terminal{};
    Screen screen{};

    // What typing TEXT shows.
    std::string type(std::string_view text) {
        screen.text.clear();
        for (const char key : text)
            last = terminal.receive(static_cast<std::byte>(key), screen);
        return screen.text;
    }
    // What a read of COUNT bytes gets, or the error's words.
    std::string read(std::uint64_t count = 2 * Terminal::BYTES) {
        TextDestination destination;
        screen.text.clear();
        const Result<std::uint64_t> done = terminal.read(count, destination, screen);
        CHECK((!done || *done == destination.text.size()));
        return done ? destination.text : std::string(to_words(done.error()));
    }
    std::string mode(TerminalMode mode) {
        screen.text.clear();
        last = terminal.set_mode(mode, screen);
        return screen.text;
    }
    Received last = Received::nothing;
};

constexpr const char* NOTHING_YET = "would block";
const std::string ERASED = "\b \b";

} // namespace

TEST_CASE("terminal: a line is read when it is finished, and shown as it is typed") {
    World world;
    CHECK(world.read() == NOTHING_YET);
    CHECK(world.type("ls") == "ls");
    CHECK(world.last == Received::nothing);
    CHECK(world.read() == NOTHING_YET);
    CHECK(world.type("\r") == "\n"); // Enter sends a carriage return
    CHECK(world.last == Received::input);
    CHECK(world.read(0) == "");
    CHECK(world.read() == "ls\n");
    CHECK(world.read() == NOTHING_YET);
    CHECK(world.type("\n") == "\n");
    CHECK(world.read() == "\n");
}

TEST_CASE("terminal: one line a read, in as many reads as the reader likes") {
    World world;
    world.type("one\ntwo\nthree");
    CHECK(world.read(2) == "on");
    CHECK(world.read(1) == "e");
    CHECK(world.read() == "\n");
    CHECK(world.read() == "two\n");
    CHECK(world.read() == NOTHING_YET);
    world.type("\n");
    CHECK(world.read(6) == "three\n");
    CHECK(world.read() == NOTHING_YET);
}

TEST_CASE("terminal: backspace, ^U and ^W erase what was typed, and nothing before") {
    World world;
    CHECK(world.type("\b\x7f\x15\x17") == "");
    CHECK(world.type("ab\bc") == "ab" + ERASED + "c");
    CHECK(world.type("\x7f") == ERASED);
    CHECK(world.type("\n") == "\n");
    CHECK(world.read() == "a\n");

    world.type("first\nxyz");
    CHECK(world.type("\x15") == ERASED + ERASED + ERASED);
    CHECK(world.type("\b") == "");
    world.type("ok\n");
    CHECK(world.read() == "first\n");
    CHECK(world.read() == "ok\n");

    CHECK(world.type("cat a\tb  ") == "cat a b  ");
    CHECK(world.type("\x17") == ERASED + ERASED + ERASED);
    CHECK(world.type("\x17") == ERASED + ERASED);
    CHECK(world.type("\x17\x17").size() == 4 * ERASED.size());
    world.type("x\n");
    CHECK(world.read() == "x\n");
}

TEST_CASE("terminal: a letter of several bytes goes as one, a control character as two columns") {
    World world;
    world.type("a\xc3\xa4"
               "\xe2\x82\xac");
    CHECK(world.type("\b") == ERASED);
    CHECK(world.type("\b") == ERASED);
    CHECK(world.type("\x1b[A") == "^[[A");
    CHECK(world.type("\b\b") == ERASED + ERASED);
    CHECK(world.type("\b") == ERASED + ERASED);
    world.type("\n");
    CHECK(world.read() == "a\n");
    // Bytes that only look like the rest of a letter do not erase what is not there.
    world.type("\x80\x80");
    CHECK(world.type("\b\b") == ERASED);
    world.type("\n");
    CHECK(world.read() == "\n");
}

TEST_CASE("terminal: ^D ends the file on an empty line, and hands over a line that has begun") {
    World world;
    CHECK(world.type("\x04") == "");
    CHECK(world.last == Received::input);
    CHECK(world.read() == "");
    CHECK(world.read() == NOTHING_YET);
    CHECK(world.type("half\x04") == "half");
    CHECK(world.read() == "half");
    CHECK(world.read() == NOTHING_YET);
    // A reader with just enough room is not told of an end afterwards.
    world.type("four\x04");
    CHECK(world.read(4) == "four");
    CHECK(world.read() == NOTHING_YET);
    world.type("four\x04\x04");
    CHECK(world.read(2) == "fo");
    CHECK(world.read(4) == "ur");
    CHECK(world.read() == "");
    world.type("line\n\x04");
    CHECK(world.read(5) == "line\n");
    CHECK(world.read() == "");
    CHECK(world.read() == NOTHING_YET);
}

TEST_CASE("terminal: ^C interrupts and forgets all that was typed") {
    World world;
    CHECK(world.type("done\nhalf\x03") == "done\nhalf^C\n");
    CHECK(world.last == Received::interrupt);
    CHECK(world.read() == NOTHING_YET);
    world.type("next\n");
    CHECK(world.read() == "next\n");
}

TEST_CASE("terminal: a line too long rings the bell and keeps what was typed") {
    World world;
    const std::string most(Terminal::BYTES - 1, 'x');
    CHECK(world.type(most) == most);
    CHECK(world.type("y") == "\a");
    CHECK(world.type("\b") == ERASED);
    CHECK(world.type("z") == "z");
    CHECK(world.type("\n") == "\n"); // for which there is always room
    CHECK(world.type("w") == "\a");
    CHECK(world.type("\n\x04") == "\a\a");
    CHECK(world.read() == most.substr(1) + "z\n");
    CHECK(world.read() == NOTHING_YET);
    world.type("again\n");
    CHECK(world.read() == "again\n");
}

TEST_CASE("terminal: raw mode passes every byte as it comes, without echo") {
    World world;
    world.mode(TerminalMode::raw);
    CHECK(world.terminal.mode() == TerminalMode::raw);
    for (const char key : std::string("a\r\n\x03\x04\x15\x7f\b\x1b")) {
        CHECK(world.type(std::string(1, key)) == "");
        CHECK(world.last == Received::input);
    }
    CHECK(world.read(3) == "a\r\n");
    CHECK(world.read() == "\x03\x04\x15\x7f\b\x1b");
    CHECK(world.read() == NOTHING_YET);
    CHECK(world.type(std::string(Terminal::BYTES, 'x')) == "");
    CHECK(world.type("y") == "\a");
    CHECK(world.last == Received::nothing);
    CHECK(world.read().size() == Terminal::BYTES);
}

TEST_CASE("terminal: what was typed ahead is taken by the new mode") {
    World world;
    world.type("half");
    world.mode(TerminalMode::raw);
    CHECK(world.last == Received::input);
    CHECK(world.read() == "half");
    world.type("ls\rw\bx");
    CHECK(world.mode(TerminalMode::lines).empty());
    CHECK(world.last == Received::input);
    CHECK(world.read() == "ls\n");
    CHECK(world.read() == NOTHING_YET);
    world.type("\n");
    CHECK(world.read() == "x\n");
    world.mode(TerminalMode::raw);
    world.type("gone\x03kept\r");
    CHECK(world.mode(TerminalMode::lines) == "^C\nkept\n");
    CHECK(world.last == Received::interrupt);
    CHECK(world.read() == "kept\n");
}

TEST_CASE("terminal: what came in raw mode is shown once, by the reader who takes it") {
    World world;
    world.mode(TerminalMode::raw);
    world.type("cat\rone\r\ttwo\x04"
               "ec\bh");
    CHECK(world.read(4) == "cat\r");
    CHECK(world.mode(TerminalMode::lines).empty());
    CHECK(world.mode(TerminalMode::lines).empty());
    CHECK(world.type("o").empty()); // it stands behind what is not shown yet
    CHECK(world.read(2) == "on");
    CHECK(world.screen.text == "on");
    CHECK(world.read() == "e\n");
    CHECK(world.screen.text == "e\n");
    CHECK(world.read() == "\ttwo");
    CHECK(world.screen.text == " two");
    CHECK(world.read() == NOTHING_YET); // a reader waits: the line goes on before one's eyes
    CHECK(world.screen.text == "eho");
    CHECK(world.type("!\b\n") == "!" + ERASED + "\n");
    CHECK(world.read() + world.screen.text == "eho\n");
}

TEST_CASE("terminal: a page that is not there loses no byte") {
    World world;
    world.type("hello\n");
    TextDestination none{.limit = 3};
    CHECK(world.terminal.read(10, none, world.screen).error() == Error::not_mapped);
    CHECK(world.read() == "hello\n");
    // A line over the ring's edge comes in two pieces.
    constexpr std::size_t EDGE = Terminal::BYTES - 18;
    for (std::size_t at = 6; at != EDGE;) { // behind hello
        const std::size_t length = std::min<std::size_t>(EDGE - at, 100);
        world.type(std::string(length - 1, 'x') + "\n");
        CHECK(world.read().size() == length);
        at += length;
    }
    world.type(std::string(99, 'y') + "\n");
    TextDestination part{.limit = 50};
    CHECK(*world.terminal.read(100, part, world.screen) == 18);
    CHECK(world.read() == std::string(81, 'y') + "\n");
}

TEST_CASE("terminal: the screen gets carriage returns where it needs them") {
    World world;
    const auto write = [&](std::string_view text, std::size_t limit = ~std::size_t{0}) {
        world.screen.text.clear();
        TextSource source{.text = text, .limit = limit};
        const Result<std::uint64_t> done = world.terminal.write(text.size(), source, world.screen);
        return done ? std::to_string(*done) + ":" + world.screen.text
                    : std::string(to_words(done.error()));
    };
    CHECK(write("one\ntwo\n\n") == "9:one\ntwo\n\n");
    world.terminal.set_new_line(unix::NewLine::with_carriage_return);
    CHECK(write("one\ntwo\n\n") == "9:one\r\ntwo\r\n\r\n");
    CHECK(write("") == "0:");
    CHECK(world.type("x\r") == "x\r\n");
    const std::string big(1'000, 'b');
    CHECK(write(big) == "1000:" + big);
    CHECK(write(big, 0) == "not mapped");
    CHECK(write(big, 300) == "256:" + big.substr(0, 256));
}

// Against a model that keeps finished lines and the one being typed as strings.
TEST_CASE("terminal: random keys give the lines that a simple model gives") {
    const std::string keys = "ab \t\b\x7f\x15\x17\n\r\x04";
    for (unsigned seed = 0; seed < 30; ++seed) {
        std::mt19937 random(seed);
        World world;
        std::string typed;
        std::vector<std::string> lines;
        for (int i = 0; i < 3'000; ++i) {
            const char key = keys[random() % keys.size()];
            world.type(std::string(1, key));
            if (key == '\b' || key == '\x7f') {
                if (!typed.empty())
                    typed.pop_back();
            } else if (key == '\x15') {
                typed.clear();
            } else if (key == '\x17') {
                typed.erase(typed.find_last_not_of(" \t") + 1);
                typed.erase(typed.find_last_of(" \t") + 1);
            } else if (key == '\n' || key == '\r' || key == '\x04') {
                lines.push_back(typed + (key == '\x04' ? "" : "\n"));
                typed.clear();
            } else {
                typed += key;
            }
            while (!lines.empty() && random() % 4 == 0) {
                REQUIRE(world.read() == lines.front());
                lines.erase(lines.begin());
            }
        }
    }
}
