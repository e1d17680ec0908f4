// A kernel stack that overflows ends the machine in words (tests/guest/hal_stack_test.cpp).
// SPDX-License-Identifier: MIT
#include "command.hpp"

#include "abi/machine_exit.hpp"

#include <doctest/doctest.h>

namespace {

void expect_overflow(const std::string& build, const std::string& program,
                     const std::string& words) {
    const Answer run = shell("'" QEMU "' -M virt -cpu rv64,sstc=off -m 128M -display none "
                             "-monitor none -serial stdio -icount shift=0,sleep=off -no-reboot "
                             "-append program=" +
                             program + " -kernel '" BUILD "/guest-" + build + "/hal-test.elf'");
    CAPTURE(run.output);
    CHECK(run.status == machine_exit::KERNEL_PANIC);
    CHECK(run.output.find("trap in the kernel: store page fault") != std::string::npos);
    CHECK(run.output.find(words) != std::string::npos);
}

} // namespace

TEST_CASE("kernel stack: an overflow is reported with the stack's number") {
    for (const std::string build : {"release", "debug"})
        expect_overflow(build, "overflow", "kernel stack 3 overflowed");
}

TEST_CASE("kernel stack: the boot stack's overflow is reported too") {
    for (const std::string build : {"release", "debug"})
        expect_overflow(build, "boot-overflow", "the boot stack overflowed");
}
