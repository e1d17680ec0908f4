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

TEST_CASE("exec: the stack begins as the ABI wants it, at a multiple of 16") {
    CHECK(reinterpret_cast<std::uint64_t>(__builtin_frame_address(0)) % 16 == 0);
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
    CHECK(is(os::exec("/bin", words), -abi::IS_DIRECTORY));
    CHECK(is(os::exec("/dev/null", words), -abi::PERMISSION));
    REQUIRE(make_file("short", "\x7f"
                               "ELF"));
    CHECK(is(os::exec("short", words), -abi::NOT_EXECUTABLE));
    os::unlink("short");
}

TEST_CASE("exec: a program whose head lies is refused, or ends alone") {
    // A copy of a real one, with one word of its head at a time replaced.
    static constinit std::array<std::uint64_t, 64> head{};
    const auto bytes = std::as_writable_bytes(std::span(head));
    REQUIRE(is(copy_file("/bin/hello", "liar"), 0));
    const std::int64_t copy = os::open("liar");
    REQUIRE(is(os::read(copy, bytes), sizeof(head)));
    os::close(copy);
    constexpr std::array<std::string_view, 1> words{"liar"};
    const auto run = [&] {
        return status_of([&] {
            os::close(os::OUTPUT);
            os::close(os::ERROR);
            return os::exec("liar", words) == -abi::NOT_EXECUTABLE ? 42 : 43;
        });
    };
    CHECK(is(run(), 0));
    const auto replace = [&](std::size_t at, std::uint64_t word) {
        const std::int64_t file = os::open("liar", os::WRITE);
        os::seek(file, at * sizeof(word));
        os::write(file, std::as_bytes(std::span(&word, 1)));
        os::close(file); // or it would be busy
    };
    for (std::size_t at = 0; at < 30; ++at) {
        for (const std::uint64_t lie : {0xffff'ffc0'8020'0000, head[at] + 8}) {
            replace(at, lie);
            const std::int64_t status = run();
            CHECK((status == 42 || status == FAULT || status == 0));
        }
        replace(at, head[at]);
    }
    CHECK(is(run(), 0));
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
    const auto with_room_of = [&](std::size_t rest) {
        const std::array<std::string_view, 2> two{"true", {letters.data(), rest}};
        return status_of([&] { return os::exec("/bin/true", two) == -abi::TOO_LARGE ? 42 : 43; });
    };
    CHECK(is(with_room_of(abi::ARGUMENT_BYTES - 4), 0));
    CHECK(is(with_room_of(abi::ARGUMENT_BYTES - 3), 42));
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
