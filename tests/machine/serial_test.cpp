// What is typed on the serial line reaches a kernel by interrupts, every byte, in order.
// SPDX-License-Identifier: MIT
#include "command.hpp"

#include <doctest/doctest.h>

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
