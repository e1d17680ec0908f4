// What is typed on the serial line reaches a kernel by interrupts, every byte, in order.
// SPDX-License-Identifier: MIT
#include "command.hpp"
#include "conversation.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

TEST_CASE("serial line: more bytes than the device holds come one after the other") {
    std::string typed = "-"; // may come before the firmware sets the device up, and then is lost
    std::string echoed;
    for (unsigned i = 0; i < 100; ++i) { // the device holds 16
        const char byte = static_cast<char>('a' + i % 26);
        typed += byte;
        echoed += std::string("<") + byte + ">";
    }
    for (const std::string build : {"release", "debug"}) {
        const Answer run = shell("sh -c \"echo " + typed +
                                 " | '" QEMU "' -M virt -cpu rv64,sstc=off -m 128M -display none "
                                 "-monitor none -serial stdio -icount shift=0 -no-reboot "
                                 "-append program=echo -kernel '" BUILD "/guest-" +
                                 build + "/hal-test.elf'\"");
        CAPTURE(run.output);
        CHECK(run.status == 0);
        CHECK(run.output.find(echoed + "<\r\n>") != std::string::npos);
    }
}

namespace {

// The HAL's echo as a kernel of its own, so that a boot is short.
std::filesystem::path echo_guest() {
    const auto folder = std::filesystem::path(BUILD) / "echo-guest";
    std::filesystem::create_directories(folder);
    const std::string built = BUILD "/guest-release/";
    std::ofstream(folder / "manifest.json")
        << R"({"version": 1, "build": "release", "compiler": "any", "disk": ")" << built
        << "disk.img\",\n"
        << R"("kernels": [{"kernel": "hal", "has": ["files"], "images": [], "image": ")" << built
        << R"(hal-test.elf", "image_sstc": ")" << built << "hal-test-sstc.elf\"}],\n"
        << R"("programs": [{"program": "echo", "file": ")" << built << "bin/hello\"}]}\n";
    return folder;
}

const std::vector<std::string> UNIX{"processes", "files"};

} // namespace

TEST_CASE("serial line: what is piped into `run` arrives whole, fifty times") {
    const std::string line = "printf 'echo first; echo last\\n' | '" FAULTLINE
                             "' run hal echo --drop-writes --guest '" +
                             echo_guest().string() + "'";
    std::string echoed;
    for (const char byte : std::string("echo first; echo last"))
        echoed += std::string("<") + byte + ">";
    for (int i = 0; i < 50; ++i) {
        const Answer run = shell("sh -c \"" + line + "\"");
        CAPTURE(i);
        CAPTURE(run.output);
        CHECK(run.status == 0);
        CHECK(run.output.find(echoed) != std::string::npos);
        CHECK(run.output.find("OpenSBI") == std::string::npos);
    }
}

TEST_CASE("serial line: a script that is piped in is carried out from its first word") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        const Answer run = shell(
            "sh -c \"printf 'echo the first\\necho the last\\nhalt\\n' | '" FAULTLINE "' run " +
            kernel + " --drop-writes\"");
        CAPTURE(run.output);
        CHECK(run.status == 0);
        CHECK(run.output.find("\nthe first") != std::string::npos);
        CHECK(run.output.find("\nthe last") != std::string::npos);
        CHECK(run.output.find("not found") == std::string::npos);
    }
}

TEST_CASE("serial line: what is typed while the machine boots is not lost") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        Conversation person(kernel + " --drop-writes");
        INFO(person.heard());
        person.type("echo typed early\r");
        CHECK(person.hears("/ $ "));
        CHECK(person.hears("\ntyped early"));
        person.type("halt\r");
        CHECK(person.status() == 0);
        CHECK(person.heard().find("OpenSBI") == std::string::npos);
    }
}

TEST_CASE("serial line: QEMU's keys end the machine, also before it has booted") {
    Conversation person(kernels().front() + " hello --drop-writes --firmware-banner");
    CHECK(person.hears("OpenSBI")); // on a terminal that asked for it
    Conversation hasty(kernels().front() + " --drop-writes");
    hasty.type("held\x01x");
    CHECK(hasty.status() == 0);
    CHECK(hasty.heard().find("QEMU: Terminated") != std::string::npos);
}

TEST_CASE("serial line: the monitor is at hand, and the guest's input stays the guest's") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        Conversation person(kernel + " --drop-writes");
        INFO(person.heard());
        CHECK(person.hears("/ $ "));
        person.type("\x01"
                    "c");
        CHECK(person.hears("(qemu) "));
        person.type("info status\r");
        CHECK(person.hears("running"));
        person.type("\x01"
                    "cecho back\r");
        CHECK(person.hears("\nback"));
    }
}

TEST_CASE("serial line: who stops reading ends the machine") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        const Answer run = shell("sh -c \"'" FAULTLINE "' run " + kernel +
                                 " --drop-writes cat /dev/zero | head -c 1\"");
        CAPTURE(run.output);
        CHECK(run.output.find("cannot write to standard output") != std::string::npos);
    }
}
