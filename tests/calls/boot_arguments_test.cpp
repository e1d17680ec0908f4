// The kernel's command line: what each word may say, and what is wrong with it.
// SPDX-License-Identifier: MIT
#include "services/exec/boot_arguments.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

// The word that is refused; empty: none is.
std::string refused(std::string_view line) {
    const auto read = exec::read_configuration(line);
    if (!read)
        CHECK(!read.error().expected.empty());
    return read ? "" : std::string(read.error().word);
}

exec::Configuration configuration(std::string_view line) {
    const auto read = exec::read_configuration(line);
    REQUIRE(read.has_value());
    return *read;
}

std::string text(std::string_view texts, const abi::TextView& view) {
    return std::string(texts.substr(view.address, view.bytes));
}

// The arguments of the program "p"; or the word that is refused, and nothing else.
std::vector<std::string> arguments(std::string_view line) {
    exec::Arguments list;
    const auto read = exec::read_program_arguments(line, "p", list);
    if (!read)
        return {std::string(read.error().word), "refused: " + std::string(read.error().expected)};
    const Bytes bytes = list.bytes();
    const std::string_view texts(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const auto views = list.views(VirtAddr(0));
    std::vector<std::string> all;
    for (std::size_t i = 0; i < list.count(); ++i)
        all.push_back(text(texts, views[i]));
    return all;
}

using Texts = std::vector<std::string>;

std::string times(std::size_t count, const std::string& word) {
    std::string line;
    for (std::size_t i = 0; i < count; ++i)
        line += word;
    return line;
}

} // namespace

TEST_CASE("boot arguments: nothing said is the usual") {
    const exec::Configuration usual{};
    CHECK(usual.memory.policy == vm::Policy::clock);
    for (const std::string_view line : {"", " ", "    ", "console=serial quiet", "program=sh"}) {
        CAPTURE(line);
        const exec::Configuration read = configuration(line);
        CHECK(read.memory.policy == usual.memory.policy);
        CHECK(read.memory.pool == usual.memory.pool);
        CHECK(read.memory.watermarks.has_value() == usual.memory.watermarks.has_value());
        CHECK(read.scheduler == sched::Kind::round_robin);
        CHECK(arguments(line) == Texts{"p"});
    }
}

TEST_CASE("boot arguments: each setting, among words that are somebody else's") {
    const exec::Configuration read =
        configuration("  pool=8 policyx=9 xpool=1  policy=mru watermarks=3,9 POLICY=lru "
                      "scheduler=stride policy ");
    CHECK(read.memory.pool == 8);
    CHECK(read.memory.policy == vm::Policy::mru);
    REQUIRE(read.memory.watermarks.has_value());
    CHECK(read.memory.watermarks->low == 3);
    CHECK(read.memory.watermarks->high == 9);
    CHECK(read.scheduler == sched::Kind::stride);
    // Words end at blanks, and at nothing else.
    CHECK(refused("policy=mru\tpool=9") == "policy=mru\tpool=9");
}

TEST_CASE("boot arguments: of two settings the last one counts, and a wrong one never") {
    CHECK(configuration("policy=fifo policy=lru").memory.policy == vm::Policy::lru);
    CHECK(configuration("policy=lru policy=fifo").memory.policy == vm::Policy::fifo);
    CHECK(configuration("pool=100 pool=200").memory.pool == 200);
    CHECK(configuration("scheduler=stride scheduler=round-robin").scheduler ==
          sched::Kind::round_robin);
    const auto watermarks = configuration("watermarks=9,10 watermarks=1,2").memory.watermarks;
    REQUIRE(watermarks.has_value());
    CHECK(watermarks->low == 1);
    CHECK(watermarks->high == 2);
    CHECK(refused("policy=wrong policy=lru") == "policy=wrong");
    CHECK(refused("policy=lru policy=wrong") == "policy=wrong");
}

TEST_CASE("boot arguments: values up to their limits") {
    const std::uint64_t least = vm::LEAST_POOL;
    CHECK(configuration("pool=" + std::to_string(least)).memory.pool == least);
    CHECK(configuration("watermarks=0,0").memory.watermarks.has_value());
    CHECK(configuration("watermarks=5,5").memory.watermarks.has_value());
    for (const std::string word :
         {"pool=", "pool=-1", "pool=8x", "pool=0x8", "pool=99999999999999999999",
          "watermarks=", "watermarks=1", "watermarks=2,1", "watermarks=1,2,3", "watermarks=,",
          "watermarks=1,", "watermarks=,1", "watermarks=99999999999999999999,1",
          "policy=", "policy=FIFO", "policy=fifo,lru", "scheduler=", "scheduler=fair"}) {
        CAPTURE(word);
        CHECK(refused(word) == word);
        CHECK(refused("program=sh " + word + " arg=1") == word);
    }
    CHECK(refused("pool=" + std::to_string(least - 1)) == "pool=" + std::to_string(least - 1));
}

TEST_CASE("boot arguments: words for the program, in order, among others") {
    CHECK(arguments("arg=one pool=8 arg=two  arg=three ") == Texts{"p", "one", "two", "three"});
    CHECK(arguments("arg= arg=") == Texts{"p", "", ""});
    CHECK(arguments("arg=a=b arg=arg=") == Texts{"p", "a=b", "arg="});
    CHECK(arguments("argument=x xarg=y arg") == Texts{"p"});
}

TEST_CASE("boot arguments: a percent sign and two digits stand for a byte") {
    CHECK(arguments("arg=a%20b") == Texts{"p", "a b"});
    CHECK(arguments("arg=%41%4a%4A%25") == Texts{"p", "AJJ%"});
    CHECK(arguments("arg=%2541") == Texts{"p", "%41"}); // once
    CHECK(arguments("arg=%00") == Texts{"p", std::string(1, '\0')});
    CHECK(arguments("arg=%ff%80") == Texts{"p", "\xff\x80"});
    for (const std::string word :
         {"arg=%", "arg=%4", "arg=a%", "arg=a%4", "arg=%%41", "arg=%4%41", "arg=%zz", "arg=%4z",
          "arg=%-1", "arg=%+1", "arg=%0x41", "arg=%41%", "arg=%4%41xx", "arg=%%%%%%"}) {
        CAPTURE(word);
        const Texts read = arguments("arg=fine " + word + " arg=later");
        REQUIRE(read.size() == 2);
        CHECK(read[0] == word);
        CHECK(read[1] == "refused: two hexadecimal digits behind a percent sign");
    }
}

TEST_CASE("boot arguments: as many words and bytes as a program may have") {
    const std::size_t count = abi::ARGUMENT_COUNT - 1; // the program's name is one
    CHECK(arguments(times(count, "arg=x ")).size() == count + 1);
    const Texts many = arguments(times(count, "arg=x ") + "arg=beyond");
    CHECK(many == Texts{"arg=beyond", "refused: at most 63 words arg=, 4096 bytes together"});
    const std::size_t bytes = abi::ARGUMENT_BYTES - 1; // so is its length
    CHECK(arguments("arg=" + std::string(bytes, 'a')).size() == 2);
    CHECK(arguments("arg=" + std::string(bytes + 1, 'a')).back().starts_with("refused: at most"));
    // Bytes count as the program gets them.
    CHECK(arguments("arg=" + times(bytes, "%41")).at(1) == std::string(bytes, 'A'));
    exec::Arguments list;
    const std::string name(abi::ARGUMENT_BYTES + 1, 'n');
    const auto read = exec::read_program_arguments("", name, list);
    REQUIRE(!read.has_value());
    CHECK(read.error().word == name);
}
