// The serial line's two directions: the banner that is taken out, the input that is held back.
// SPDX-License-Identifier: MIT
//
// By example, without a machine; tests/machine/serial_test.cpp has one.
#include "console.hpp"
#include "firmware_banner.hpp"
#include "observe.hpp"

#include <doctest/doctest.h>

using namespace faultline;

namespace {

const std::string BANNER = "\r\nOpenSBI v1.1\r\n"
                           "   ____                    _____ ____ _____\r\n"
                           "  / __ \\                  / ____|  _ \\_   _|\r\n"
                           "        |_|\r\n\r\n"
                           "Platform Name             : riscv-virtio,qemu\r\n"
                           "Domain0 HARTs             : 0*\r\n\r\n"
                           "Boot HART PMP Address Bits: 54\r\n"
                           "Boot HART MIDELEG         : 0x0000000000001666\r\n"
                           "Boot HART MEDELEG         : 0x0000000000f0b509\r\n";

// In pieces of SIZE bytes.
std::string shown(const std::string& text, std::size_t size) {
    FirmwareBanner banner;
    std::string result;
    for (std::size_t at = 0; at < text.size(); at += size)
        result += banner.feed(text.substr(at, size));
    return result + banner.finish();
}

} // namespace

TEST_CASE("the firmware's banner is taken out, in pieces of any size") {
    for (const std::size_t size : {1, 2, 7, 64, 100'000}) {
        CAPTURE(size);
        CHECK(shown(BANNER + "Hello\r\n/ $ ", size) == "Hello\r\n/ $ ");
        CHECK(shown(BANNER, size).empty());
        CHECK(shown(BANNER + BANNER, size) == BANNER); // the second is not the firmware's
        CHECK(shown("Hello\r\nOpenSBI v1.1\r\n", size) == "Hello\r\nOpenSBI v1.1\r\n");
        CHECK(shown("Open", size) == "Open");
    }
}

TEST_CASE("a banner that ends otherwise ends at the first line of another shape") {
    const auto last = BANNER.find("Boot HART MEDELEG");
    for (const std::size_t size : {1, 5, 100'000})
        for (const std::string words : {"Hello, world\r\n", "Name: value\r\n", "/ $ ", "\x1b[2J"})
            CHECK(shown(BANNER.substr(0, last) + words, size) == words);
}

TEST_CASE("the kernel's words are shown at once, not when their line ends") {
    FirmwareBanner banner;
    CHECK(banner.feed(BANNER).empty());
    CHECK(banner.is_over());
    CHECK(banner.feed("/ $ ") == "/ $ ");
}

TEST_CASE("a program's output begins behind the banner, and only the firmware's") {
    CHECK(program_output(BANNER + "\r\nhi\r\n") == "hi\n");
    CHECK(program_output(BANNER + "one\r\nBoot HART MEDELEG : forged\r\ntwo\r\n") ==
          "one\nBoot HART MEDELEG : forged\ntwo\n");
    CHECK(program_output("hi\n") == "hi\n");
    CHECK(program_output(BANNER + "a\rb\r\n") == "a\rb\n"); // only what the serial line adds
    CHECK(program_output("").empty());
}

TEST_CASE("input is held until it is taken, whole and in order") {
    HeldInput input;
    input.type("echo one\n");
    CHECK(input.take().empty());
    CHECK_FALSE(input.is_empty());
    input.type("echo two\n");
    input.release();
    CHECK(input.take() == "echo one\necho two\n");
    input.type("\x03");
    CHECK(input.take() == "\x03");
    CHECK(input.is_empty());
}

TEST_CASE("QEMU's own keys are not held") {
    HeldInput input;
    input.type("held\x01x");
    CHECK(input.take() == "\x01x");
    input.type("\x01");
    CHECK(input.take().empty());
    input.type("cinfo status\n"); // the monitor, by Ctrl-A C
    CHECK(input.take() == "\x01"
                          "cinfo status\n");
    input.release();
    CHECK(input.take().empty()); // what is held is not for the monitor
    input.type("quit?\x01"
               "c");
    CHECK(input.take() == "quit?\x01"
                          "cheld");
    input.type("a\x01"
               "b");
    CHECK(input.take() == "a\x01"
                          "b"); // from now on as it comes
}

TEST_CASE("a Ctrl-A for the guest, and one that is not followed by anything yet, stay in place") {
    HeldInput input;
    input.type("a\x01\x01"
               "b\x01");
    CHECK(input.take().empty());
    input.release();
    CHECK(input.take() == "a\x01\x01"
                          "b\x01");
}
