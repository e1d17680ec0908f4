// A pager that also serves calls, each of which tries one thing of IPC, and says what was wrong.
// SPDX-License-Identifier: MIT
//
// Its client is talks_to_the_pager in talking.cpp: label N asks for check N, and the answer's label
// is 0, or the number of the line that failed.
#include "talks.hpp"

#include "pager.hpp"

#include "abi/errors.hpp"

#include <array>
#include <initializer_list>

using namespace hostile;
using abi::micro::Operation;

namespace {

constexpr std::int64_t NOBODY_THERE = -abi::NO_PROCESS;
constexpr std::uint64_t KERNEL = KERNEL_OFFSET + KERNEL_LOAD;

std::array<std::uint8_t, TALK_BYTES> own;

struct Caller {
    std::uint64_t label;
    std::uint64_t token;
};

std::int64_t operation(Operation number, std::uint64_t a0, std::uint64_t a1 = 0,
                       std::uint64_t a2 = 0, std::uint64_t a3 = 0, std::uint64_t a6 = 0) {
    Registers registers{};
    registers[reg::A0] = a0;
    registers[reg::A1] = a1;
    registers[reg::A2] = a2;
    registers[reg::A2 + 1] = a3;
    registers[reg::A6] = a6;
    registers[reg::A7] = static_cast<std::uint64_t>(number);
    ecall_with(registers);
    return static_cast<std::int64_t>(registers[reg::A0]);
}

std::int64_t copy_in(std::uint64_t token, std::uint64_t offset, std::uint64_t to,
                     std::uint64_t count) {
    return operation(Operation::copy_in, token, offset, to, count);
}
std::int64_t copy_out(std::uint64_t token, std::uint64_t offset, std::uint64_t from,
                      std::uint64_t count) {
    return operation(Operation::copy_out, token, offset, from, count);
}

// The first thing that is not as it should be; 0: all was.
class Checks {
public:
    void expect(unsigned line, bool as_it_should) {
        if (failed_ == 0 && !as_it_should)
            failed_ = line;
    }
    std::uint64_t failed() const { return failed_; }

private:
    std::uint64_t failed_ = 0;
};

// Nobody can be answered, or looked at, under a token that was never given.
void forges_tokens(Checks& checks, const Caller& caller) {
    for (const auto forged :
         std::initializer_list<std::uint64_t>{caller.token + 1, caller.token + (1ULL << 32),
                                              caller.token | 1ULL << 31, ~0ULL - 5, 96}) {
        checks.expect(__LINE__, operation(Operation::reply, 0, 0, 0, 0, forged) == NOBODY_THERE);
        checks.expect(__LINE__, copy_in(forged, 0, address_of(own.data()), 1) == NOBODY_THERE);
        checks.expect(__LINE__, operation(Operation::receive, forged, 0) == NOBODY_THERE);
    }
}

void changes_a_window(Checks& checks, const Caller& caller) {
    const std::uint64_t here = address_of(own.data());
    checks.expect(__LINE__, copy_in(caller.token, 0, here, TALK_BYTES) == TALK_BYTES);
    for (std::uint64_t i = 0; i < TALK_BYTES; ++i) {
        checks.expect(__LINE__, own[i] == talk_byte(i));
        own[i] = static_cast<std::uint8_t>(own[i] + 1);
    }
    checks.expect(__LINE__, copy_out(caller.token, 1, here + 1, TALK_BYTES - 2) == TALK_BYTES - 2);
    checks.expect(__LINE__, copy_in(caller.token, 7, here, 0) == 0);
    checks.expect(__LINE__, copy_in(caller.token, 1, here, TALK_BYTES) == -abi::PERMISSION);
    checks.expect(__LINE__, copy_in(caller.token, ~0ULL, here, 2) == -abi::PERMISSION);
    checks.expect(__LINE__, copy_in(caller.token, 2, here, ~0ULL) == -abi::PERMISSION);
    for (const auto nowhere : std::initializer_list<std::uint64_t>{
             0UL, KERNEL, ~0UL - 7, static_cast<std::uint64_t>(USER_END),
             static_cast<std::uint64_t>(SERVER_SLOTS)})
        checks.expect(__LINE__, copy_in(caller.token, 0, nowhere, 8) == -abi::FAULT);
}

void writes_where_it_may_only_read(Checks& checks, const Caller& caller) {
    const std::uint64_t here = address_of(own.data());
    checks.expect(__LINE__, copy_out(caller.token, 0, here, 1) == -abi::PERMISSION);
    checks.expect(__LINE__, copy_in(caller.token, 0, here, 1) == 1);
}

void reads_where_it_may_only_write(Checks& checks, const Caller& caller) {
    const std::uint64_t here = address_of(own.data());
    checks.expect(__LINE__, copy_in(caller.token, 0, here, 1) == -abi::PERMISSION);
    checks.expect(__LINE__, copy_out(caller.token, 0, here, 1) == 1);
}

// The window is there, the memory behind it is not the caller's.
void looks_through_an_empty_window(Checks& checks, const Caller& caller) {
    const std::uint64_t here = address_of(own.data());
    checks.expect(__LINE__, copy_in(caller.token, 0, here, 8) == -abi::FAULT);
    checks.expect(__LINE__, copy_out(caller.token, 0, here, 8) == -abi::FAULT);
}

void looks_without_a_window(Checks& checks, const Caller& caller) {
    const std::uint64_t here = address_of(own.data());
    checks.expect(__LINE__, copy_in(caller.token, 0, here, 1) == -abi::PERMISSION);
    checks.expect(__LINE__, copy_out(caller.token, 0, here, 0) == -abi::PERMISSION);
}

// Receives from nobody, and from itself, as long as it likes.
void waits_for_a_while(Checks& checks) {
    using namespace abi::micro;
    checks.expect(__LINE__, operation(Operation::receive, NOBODY, 1000) == -abi::AGAIN);
    checks.expect(__LINE__, operation(Operation::receive, ANYBODY, 0) == -abi::AGAIN);
    checks.expect(__LINE__, operation(Operation::receive, 0, 1000) == -abi::AGAIN); // itself
}

void check(Checks& checks, const Caller& caller) {
    switch (caller.label) {
    case TALK_OF_TOKENS:
        return forges_tokens(checks, caller);
    case TALK_OF_A_WINDOW:
        return changes_a_window(checks, caller);
    case TALK_OF_A_READABLE_ONE:
        return writes_where_it_may_only_read(checks, caller);
    case TALK_OF_A_WRITABLE_ONE:
        return reads_where_it_may_only_write(checks, caller);
    case TALK_OF_AN_EMPTY_ONE:
        return looks_through_an_empty_window(checks, caller);
    case TALK_OF_NONE:
        return looks_without_a_window(checks, caller);
    case TALK_OF_TIME:
        return waits_for_a_while(checks);
    default:
        return;
    }
}

// A message with all its words. What goes out is in REGISTERS, and so is what comes in.
void exchange(Registers& registers, Operation operation) {
    registers[reg::A7] = static_cast<std::uint64_t>(operation) | abi::micro::LONG;
    ecall_with(registers);
}

// The next request comes from CALLER alone; what it is, is in REGISTERS.
void answer_and_wait_for(Registers& registers, const Caller& caller, std::uint64_t failed) {
    operation(Operation::reply, failed, 0, 0, 0, caller.token);
    registers = {};
    registers[reg::A0] = caller.token;
    registers[reg::A1] = 100'000'000; // ten seconds, and the request comes at once
    exchange(registers, Operation::receive);
}

} // namespace

extern "C" void talks(const Window& window) {
    Frames frames(window);
    Registers registers{};
    registers[reg::A6] = abi::micro::NOBODY;
    exchange(registers, Operation::reply_and_wait);
    for (;;) {
        const Caller caller{registers[reg::A0], registers[reg::A6]};
        if (caller.label == abi::micro::label::PAGE_FAULT) {
            registers[reg::A2] = page_of(registers[reg::A1]);
            registers[reg::A1] = frames.take() | READ | WRITE;
            registers[reg::A0] = abi::micro::label::DONE;
            exchange(registers, Operation::reply_and_wait);
            continue;
        }
        Checks checks;
        check(checks, caller);
        if (caller.label == TALK_OF_A_PARTNER) {
            answer_and_wait_for(registers, caller, checks.failed());
            continue;
        }
        registers[reg::A0] = checks.failed();
        for (unsigned i = 0; i < 5; ++i) { // ten words come back, each with one more
            registers[reg::A1 + i] += 1;
            registers[reg::S2 + i] += 1;
        }
        exchange(registers, Operation::reply_and_wait);
    }
}
