// Benchmarks of calls and processes: null-call, cow, pipe-round-trip, context-switch, fork, exec.
// SPDX-License-Identifier: MIT
#include "bench.hpp"

namespace {

using bench::must;
using Ends = std::array<std::int64_t, 2>;

Ends make_pipe() {
    Ends ends{};
    must("pipe", os::pipe(ends));
    return ends;
}

void kill_and_forget(std::uint64_t child) {
    must("kill", os::kill(static_cast<std::int64_t>(child)));
    must("wait", os::wait());
}

// The call itself, and the same through the system library's stub.
void null_call() {
    bench::Samples samples;
    os_null_call();
    for (std::size_t i = 0; i < bench::Samples::CAPACITY; ++i)
        samples.add(os_null_call());
    samples.print_as("null-call");
    bench::measure("null-call-library", bench::Samples::CAPACITY, [] { os::getpid(); });
}

// A store to a page that a sleeping child shares.
void copy_on_write() {
    constexpr std::uint64_t PAGES = 33;
    const std::uint64_t heap = must("sbrk", os::sbrk(PAGES * PAGE_SIZE));
    for (std::uint64_t page = 0; page < PAGES; ++page)
        count_store(heap + page * PAGE_SIZE);
    const Ends never_written = make_pipe();
    const std::uint64_t child = must("fork", os::fork());
    if (child == 0) {
        std::array<char, 1> byte{};
        os::read(never_written[0], std::span(byte));
        os::exit(0);
    }
    os::yield(); // the child comes as far as its sleep
    bench::Samples samples;
    count_store(heap);
    for (std::uint64_t page = 1; page < PAGES; ++page)
        samples.add(count_store(heap + page * PAGE_SIZE));
    samples.print_as("cow");
    kill_and_forget(child);
    must("sbrk", os::sbrk(-static_cast<std::int64_t>(PAGES * PAGE_SIZE)));
    for (const std::int64_t end : never_written)
        must("close", os::close(end));
}

// One byte there, one byte back, between two processes.
void pipe_round_trip() {
    const Ends there = make_pipe();
    const Ends back = make_pipe();
    const std::uint64_t child = must("fork", os::fork());
    std::array<char, 1> byte{'x'};
    const std::string_view text(byte.data(), byte.size());
    if (child == 0)
        for (;;)
            if (os::read(there[0], std::span(byte)) != 1 || os::write(back[1], text) != 1)
                os::exit(1);
    bench::measure("pipe-round-trip", bench::Samples::CAPACITY, [&] {
        os::write(there[1], text);
        os::read(back[0], std::span(byte));
    });
    kill_and_forget(child);
    for (const std::int64_t end : {there[0], there[1], back[0], back[1]})
        must("close", os::close(end));
}

// Two processes that do nothing but yield: half of a round, which is two switches.
void context_switch() {
    const std::uint64_t child = must("fork", os::fork());
    if (child == 0)
        for (;;)
            os::yield();
    const std::uint64_t reading = bench::cost_of_reading();
    bench::Samples samples;
    os::yield();
    for (std::size_t i = 0; i < bench::Samples::CAPACITY; ++i) {
        const std::uint64_t before = read_counter();
        os::yield();
        samples.add((read_counter() - before - reading) / 2);
    }
    samples.print_as("context-switch");
    kill_and_forget(child);
}

void fork_exit_wait() {
    bench::measure("fork-exit-wait", 32, [] {
        const std::int64_t child = os::fork();
        if (child == 0)
            os::exit(0);
        os::wait();
    });
}

// From the call to the new program's main, which tells (nothing.cpp): it is given the counter's
// value as an argument of eight bytes, and writes the difference to its output.
void exec() {
    const std::uint64_t reading = bench::cost_of_reading();
    const Ends result = make_pipe();
    bench::Samples samples;
    for (unsigned i = 0; i < 17; ++i) {
        if (must("fork", os::fork()) == 0) {
            os::close(os::OUTPUT);
            os::dup(result[1]);
            static constinit std::uint64_t before = 0;
            const std::string_view path = "/bin/nothing";
            const std::array<abi::TextView, 2> words{
                abi::TextView{reinterpret_cast<std::uint64_t>(path.data()), path.size()},
                abi::TextView{reinterpret_cast<std::uint64_t>(&before), sizeof(before)}};
            before = read_counter();
            must("exec", os_exec(path.data(), path.size(), words.data(), words.size()));
        }
        std::array<std::uint64_t, 1> instructions{};
        os::read(result[0], std::as_writable_bytes(std::span(instructions)));
        must("wait", os::wait());
        if (i != 0) // the first time the program comes from the disk
            samples.add(instructions[0] - reading);
    }
    samples.print_as("exec");
}

} // namespace

int main() {
    null_call();
    copy_on_write();
    pipe_round_trip();
    context_switch();
    fork_exit_wait();
    exec();
    return 0;
}
