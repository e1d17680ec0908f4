// exec: arguments arrive, what cannot run is refused, and the caller lives on then.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

using namespace unix_tests;

namespace {

using Words = std::span<const std::string_view>;

// What PATH, called with WORDS, writes to its output, compared with EXPECTED; its status is 0.
bool writes(std::string_view path, Words words, std::string_view expected) {
    Ends pipe{};
    os::pipe(pipe);
    child([&] {
        os::close(os::OUTPUT);
        os::dup(pipe[1]);
        close_both(pipe);
        os::exec(path, words);
        return 98;
    });
    os::close(pipe[1]);
    std::array<char, 256> space{};
    std::size_t filled = 0;
    std::int64_t count = 0;
    while ((count = os::read(pipe[0], std::span(space).subspan(filled))) > 0)
        filled += static_cast<std::size_t>(count);
    os::close(pipe[0]);
    return is(wait_status(), 0) && std::string_view(space.data(), filled) == expected;
}

} // namespace

TEST_CASE("exec: words arrive as they were given") {
    constexpr std::array<std::string_view, 4> words{"echo", "one", "", "t w o"};
    CHECK(writes("/bin/echo", words, "one  t w o\n"));
}

TEST_CASE("exec: the current directory and descriptors stay") {
    constexpr std::array<std::string_view, 1> words{"pwd"};
    CHECK(writes("/bin/pwd", words, "/test\n"));
    REQUIRE(is(os::mkdir("deeper"), 0));
    CHECK(is(os::chdir("deeper"), 0));
    CHECK(writes("../../bin/pwd", words, "/test/deeper\n"));
    CHECK(is(os::chdir(".."), 0));
    CHECK(is(os::unlink("deeper"), 0));
}

TEST_CASE("exec: what cannot run") {
    constexpr std::array<std::string_view, 1> words{"x"};
    CHECK(is(os::exec("/no-such-program", words), -abi::NOT_FOUND));
    CHECK(is(os::exec("", words), -abi::NOT_FOUND));
    CHECK(is(os::exec("/README", words), -abi::NOT_EXECUTABLE));
    const std::int64_t directory = os::exec("/bin", words);
    CHECK(directory < 0);
    CHECK(os::exec("/dev/null", words) < 0);
    REQUIRE(make_file("short", "\x7f"
                               "ELF"));
    CHECK(is(os::exec("short", words), -abi::NOT_EXECUTABLE));
    os::unlink("short");
}

TEST_CASE("exec: a program whose head lies is refused, or ends alone") {
    // The real one, with one word of its ELF header at a time replaced.
    static constinit std::array<std::byte, 512> bytes{};
    const std::int64_t real = os::open("/bin/hello");
    REQUIRE(os::read(real, std::span(bytes)) == 512);
    os::close(real);
    constexpr std::array<std::string_view, 1> words{"liar"};
    for (std::size_t at = 16; at < 240; at += 8) {
        const std::int64_t file = os::open("liar", os::WRITE | os::CREATE | os::TRUNCATE);
        REQUIRE(os::write(file, std::as_bytes(std::span(bytes)).first(at)) > 0);
        constexpr std::array<std::uint64_t, 1> lie{0xffff'ffc0'8020'0000};
        os::write(file, std::as_bytes(std::span(lie)));
        os::write(file, std::as_bytes(std::span(bytes)).subspan(at + 8));
        os::close(file);
        const std::int64_t status = status_of([&] {
            os::close(os::OUTPUT);
            os::close(os::ERROR);
            os::exec("liar", words);
            return 42;
        });
        REQUIRE((status == 42 || status == FAULT || status == 0));
    }
    os::unlink("liar");
}

TEST_CASE("exec: too many words, and too much of them") {
    std::array<std::string_view, abi::ARGUMENT_COUNT + 1> words{};
    words.fill("w");
    CHECK(is(os::exec("/bin/true", words), -abi::TOO_LARGE));
    static constinit std::array<char, abi::ARGUMENT_BYTES + 1> letters{};
    letters.fill('x');
    const std::array<std::string_view, 1> long_word{{{letters.data(), letters.size()}}};
    CHECK(is(os::exec("/bin/true", long_word), -abi::TOO_LARGE));
    words[0] = "true";
    CHECK(is(status_of([&] {
                 return os::exec("/bin/true", std::span(words).first(abi::ARGUMENT_COUNT));
             }),
             0));
}

TEST_CASE("exec: bad addresses of words") {
    constexpr std::string_view path = "/bin/true";
    const auto views = [](std::uint64_t address) {
        return reinterpret_cast<const abi::TextView*>(address);
    };
    CHECK(is(os_exec(path.data(), path.size(), views(8), 1), -abi::FAULT));
    CHECK(
        is(os_exec(path.data(), path.size(), views(KERNEL_OFFSET + KERNEL_LOAD), 1), -abi::FAULT));
    const abi::TextView bad{KERNEL_OFFSET + KERNEL_LOAD, 8};
    CHECK(is(os_exec(path.data(), path.size(), &bad, 1), -abi::FAULT));
    const abi::TextView huge{reinterpret_cast<std::uint64_t>(path.data()), ~0ULL};
    CHECK(os_exec(path.data(), path.size(), &huge, 1) < 0);
    CHECK(os_exec(path.data(), path.size(), &huge, ~0ULL) < 0);
}
