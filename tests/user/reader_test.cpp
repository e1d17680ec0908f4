// Buffered input: every line comes once, however long it is and however the input is cut.
// SPDX-License-Identifier: MIT
#include "user/lib/reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace {

// What the next reads give: bytes, and at the end nothing or an error.
struct Input {
    std::string bytes{};
    std::size_t most = 100000; // at a time
    std::int64_t end = 0;
    std::size_t reads_at_end = 0;
};
Input input;

constexpr std::size_t MOST = os::Reader::LINE_BYTES;

struct Line {
    std::string text;
    bool whole;
    bool operator==(const Line&) const = default;
};

std::vector<Line> lines_of(os::Reader& reader) {
    std::vector<Line> lines;
    while (const auto line = reader.line())
        lines.push_back({std::string(line->text), line->whole});
    return lines;
}

std::vector<Line> lines_of(const Input& given) {
    input = given;
    os::Reader reader(0);
    return lines_of(reader);
}

} // namespace

extern "C" std::int64_t os_read(std::int64_t, void* bytes, std::size_t count) {
    if (input.bytes.empty()) {
        ++input.reads_at_end;
        return input.end;
    }
    const std::size_t given = std::min({count, input.most, input.bytes.size()});
    input.bytes.copy(static_cast<char*>(bytes), given);
    input.bytes.erase(0, given);
    return static_cast<std::int64_t>(given);
}

TEST_CASE("reader: lines without their ends, the last one also where it has none") {
    for (const std::size_t most : {1, 2, 3, 1000}) {
        CHECK(lines_of({.bytes = "", .most = most}).empty());
        CHECK(lines_of({.bytes = "a\n\nbc\n", .most = most}) ==
              std::vector<Line>{{"a", true}, {"", true}, {"bc", true}});
        CHECK(lines_of({.bytes = "\nx", .most = most}) ==
              std::vector<Line>{{"", true}, {"x", true}});
    }
}

TEST_CASE("reader: a line that is as long as may be is whole, a longer one is told of once") {
    for (const std::size_t most : {1UL, 511UL, 512UL, 513UL, MOST, MOST + 1, 100000UL})
        for (const std::size_t length :
             {MOST - 1, MOST, MOST + 1, MOST + 511, MOST + 512, MOST + 513, 2 * MOST - 1, 2 * MOST,
              2 * MOST + 1, 5 * MOST + 7}) {
            CAPTURE(most);
            CAPTURE(length);
            const std::string text(length, 'x');
            const Line seen{text.substr(0, MOST), length <= MOST};
            CHECK(lines_of({.bytes = "a\n" + text + "\nb\n", .most = most}) ==
                  std::vector<Line>{{"a", true}, seen, {"b", true}});
            CHECK(lines_of({.bytes = text + "\n\n", .most = most}) ==
                  std::vector<Line>{seen, {"", true}});
            CHECK(lines_of({.bytes = text, .most = most}) == std::vector<Line>{seen});
        }
}

TEST_CASE("reader: the pieces of all lines are the input") {
    std::mt19937 random(20261126);
    for (int round = 0; round < 200; ++round) {
        std::string bytes;
        for (unsigned lines = random() % 6; lines != 0; --lines)
            bytes += std::string(random() % (3 * MOST), 'a') + "\n";
        bytes += std::string(random() % 2 * (random() % MOST), 'e');
        input = {.bytes = bytes, .most = 1 + random() % 2000};
        os::Reader reader(0);
        std::string put_together;
        bool ended = true;
        while (const auto piece = reader.piece()) {
            CHECK((piece->ends_line || piece->text.size() == MOST));
            ended = piece->ends_line;
            put_together += std::string(piece->text) + (ended ? "\n" : "");
        }
        CHECK(ended);
        if (!bytes.empty() && bytes.back() != '\n')
            bytes += '\n';
        CHECK((put_together == bytes));
    }
}

TEST_CASE("reader: of a line in whose middle the input fails nothing comes") {
    for (const std::size_t length : {1UL, MOST, MOST + 1, 3 * MOST}) {
        CAPTURE(length);
        input = {.bytes = "a\n" + std::string(length, 'x'), .end = -5};
        os::Reader reader(0);
        const std::vector<Line> lines = lines_of(reader);
        REQUIRE(!lines.empty());
        CHECK(lines[0] == Line{"a", true});
        CHECK(std::ranges::count(lines, true, &Line::whole) == 1);
        CHECK(reader.failure() == -5);
    }
}

TEST_CASE("reader: the end of the input is met once") {
    input = {.bytes = "a"};
    os::Reader reader(0);
    CHECK(lines_of(reader) == std::vector<Line>{{"a", true}});
    CHECK(!reader.line());
    CHECK(input.reads_at_end == 1);
}
