// Programs good and bad on every kernel: the same exit codes, the same words.
// SPDX-License-Identifier: MIT
#include "command.hpp"

#include "../unity/sample.hpp"

#include "abi/machine_exit.hpp"

#include <doctest/doctest.h>

namespace {

// Runs PROGRAM on every kernel: the release and the debug build, with either timer.
void expect_everywhere(const std::string& program, int status, const std::string& words) {
    const auto machines = sample::of(std::vector<std::string>{"--build release", "--build debug",
                                                              "--build release --timer sstc"},
                                     1);
    for (const std::string& kernel : kernels())
        for (const std::string& options : machines) {
            const Answer run = machine(kernel, program, options);
            CAPTURE(kernel + " " + options + ": " + run.output);
            CHECK(run.status == status);
            CHECK(run.output.find(words) != std::string::npos);
            CHECK(run.output.find("panic") == std::string::npos);
            CHECK(run.output.find("(process ") == std::string::npos); // the first one has no number
        }
}

} // namespace

TEST_CASE("hello: prints and ends well") { expect_everywhere("hello", 0, "Hello from a program"); }

TEST_CASE("hello: needs little memory, and what is too little is said in words") {
    for (const std::string& kernel : kernels()) {
        const Answer run = call_faultline("run " + kernel + " --drop-writes --memory 8 hello");
        CAPTURE(kernel + ": " + run.output);
        const bool refused = run.status == 2 && run.output.find("8 MiB are too little for " +
                                                                kernel) != std::string::npos;
        CHECK((refused || run.output.find("Hello from a program") != std::string::npos));
    }
}

// What a kernel keeps of each frame grows with memory, and must have room there, too.
TEST_CASE("hello: runs on machines with more memory than a kernel uses") {
    for (const std::string& kernel : kernels())
        for (const std::string memory : {"1024", "4096"}) {
            const Answer run =
                call_faultline("run " + kernel + " --drop-writes --memory " + memory + " hello");
            CAPTURE(kernel + " " + memory + ": " + run.output);
            CHECK(run.status == 0);
            CHECK(run.output.find("Hello from a program") != std::string::npos);
        }
}

TEST_CASE("status: a program's own status is the machine's") {
    expect_everywhere("status", 42, "");
}

TEST_CASE("api: good and hostile arguments get the same answers everywhere") {
    expect_everywhere("api", 0, "api: all answers as expected");
}

TEST_CASE("pages: a heap of 1,536 pages, each zero at first and its own afterwards") {
    expect_everywhere("pages", 0, "pages: each its own");
}

TEST_CASE("registers: a fault changes no register") {
    expect_everywhere("registers", 0, "registers: all kept");
}

TEST_CASE("wild-store: the program ends with name, pc, address and cause") {
    expect_everywhere("wild-store", machine_exit::PROGRAM_FAULT,
                      "program 'wild-store' ended: store page fault at pc 0x");
    expect_everywhere("wild-store", machine_exit::PROGRAM_FAULT, "address 0x30000000: bad address");
}

TEST_CASE("store-to-text: refused") {
    expect_everywhere("store-to-text", machine_exit::PROGRAM_FAULT, "ended: store page fault");
}

TEST_CASE("store-to-kernel: refused") {
    expect_everywhere("store-to-kernel", machine_exit::PROGRAM_FAULT,
                      "address 0xffffffc080200000: bad address");
}

TEST_CASE("wild-jump: an instruction page fault at the target") {
    expect_everywhere("wild-jump", machine_exit::PROGRAM_FAULT,
                      "ended: instruction page fault at pc 0x30000000, address 0x30000000");
}

TEST_CASE("illegal: the program ends in words") {
    expect_everywhere("illegal", machine_exit::PROGRAM_FAULT,
                      "program 'illegal' ended: illegal instruction at pc 0x");
}

TEST_CASE("unknown-call: an error, and the program goes on") {
    expect_everywhere("unknown-call", 0, "unknown-call: refused");
}

TEST_CASE("sleep-forever: the kernel notices that nothing is pending") {
    expect_everywhere("sleep-forever", machine_exit::NOTHING_PENDING,
                      "nothing runnable, nothing pending: program 'sleep-forever' sleeps for ever");
}
