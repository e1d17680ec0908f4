// The fuzzer itself: call after call, half of them with some sense, so that they come further.
// SPDX-License-Identifier: MIT
//
// Before: fuzz.cpp, in a child. What by design never comes back, or would hit somebody else, is not
// called.
#pragma once

#include "calls.hpp"

#include "abi/calls/system_calls.hpp"

namespace hostile {

using abi::SystemCall;

inline constexpr std::uint64_t CALLS_OF_A_CHILD = 1000;
inline constexpr std::uint64_t CALLS_A_BYTE = 50; // that a child tells of
inline constexpr std::int64_t TELLING = 20; // the descriptor for that, which no argument names
inline constexpr std::uint64_t LAST_CALL = static_cast<std::uint64_t>(SystemCall::schedule_group);

class Fuzzer {
public:
    explicit Fuzzer(std::uint64_t seed) : random_(seed) {}

    void run() {
        for (std::uint64_t i = 1; i <= CALLS_OF_A_CHILD; ++i) {
            make_call();
            if (i % CALLS_A_BYTE == 0)
                os::write(TELLING, std::string_view("."));
        }
    }

private:
    using Arguments = std::array<std::uint64_t, 6>;

    void make_call() {
        const std::uint64_t number =
            random_.one_in(20) ? random_.of(NUMBERS) : random_.below(LAST_CALL + 1);
        Arguments arguments{};
        for (std::uint64_t& argument : arguments)
            argument = any_argument();
        shape(static_cast<SystemCall>(number), arguments);
        if (may_be_made(static_cast<SystemCall>(number), arguments))
            os_call(number, arguments.data());
    }

    std::uint64_t any_argument() {
        switch (random_.below(4)) {
        case 0:
            return places_.address(random_);
        case 1:
            return random_.below(8); // a descriptor, a flag
        default:
            return random_.of(NUMBERS);
        }
    }

    void put_path(SystemCall call, std::uint64_t& address, std::uint64_t& bytes) {
        if (random_.one_in(8))
            return; // as wild as it came
        const std::string_view path = random_.of(PATHS);
        const bool own = !path.starts_with('/');
        // Where it would hurt others it is not asked for: what is not the fuzzer's own is not
        // unlinked, and it stays below its directory.
        if ((call == SystemCall::unlink && !own) ||
            (call == SystemCall::chdir && (!own || path.find("..") != std::string_view::npos)))
            return;
        address = reinterpret_cast<std::uint64_t>(path.data());
        bytes = own && random_.one_in(16) ? bytes : path.size();
    }

    // Half of all calls shall make some sense, to come further than the first check.
    void shape(SystemCall call, Arguments& arguments) {
        if (random_.one_in(4))
            return;
        const std::uint64_t descriptor = random_.below(12);
        switch (call) {
        case SystemCall::exec:
            put_path(call, arguments[0], arguments[1]);
            if (random_.one_in(4)) {
                constexpr std::string_view PROGRAM = "/bin/true";
                arguments[0] = reinterpret_cast<std::uint64_t>(PROGRAM.data());
                arguments[1] = PROGRAM.size();
            }
            break;
        case SystemCall::open:
        case SystemCall::mkdir:
        case SystemCall::mknod:
        case SystemCall::unlink:
        case SystemCall::chdir:
            put_path(call, arguments[0], arguments[1]);
            arguments[2] = random_.one_in(2) ? random_.next() & 0xe02 : arguments[2];
            break;
        case SystemCall::link:
            put_path(call, arguments[0], arguments[1]);
            put_path(call, arguments[2], arguments[3]);
            break;
        case SystemCall::read:
        case SystemCall::write:
            arguments[0] = descriptor;
            arguments[1] = random_.one_in(2) ? places_.address(random_) : places_.writable();
            arguments[2] = random_.one_in(2) ? random_.below(3 * PAGE_SIZE) : arguments[2];
            break;
        case SystemCall::close:
        case SystemCall::dup:
        case SystemCall::fstat:
        case SystemCall::seek:
            arguments[0] = descriptor;
            arguments[1] = random_.one_in(2) ? places_.writable() : arguments[1];
            break;
        case SystemCall::mmap:
            arguments[1] = random_.below(64) * PAGE_SIZE;
            arguments[2] = random_.below(8);
            arguments[3] = random_.below(8);
            arguments[4] = descriptor;
            arguments[5] = random_.below(4) * PAGE_SIZE;
            break;
        default:
            break;
        }
    }

    // What by design never comes back, or hits somebody else, is not made, or made less.
    bool may_be_made(SystemCall call, Arguments& arguments) {
        switch (call) {
        case SystemCall::exit:
            return random_.one_in(50);
        case SystemCall::sleep:
            arguments[0] %= 1000;
            return true;
        case SystemCall::fork:
            return fork_and_leave();
        case SystemCall::wait:
            return random_.one_in(2);
        case SystemCall::kill: // the parent, the watchdog, a shell: anybody could be meant
        case SystemCall::kill_group:
        case SystemCall::group:
        case SystemCall::foreground:
        case SystemCall::terminal:
            arguments[0] = 1ULL << 40 | (arguments[0] & 0xffff'ffff);
            if (random_.one_in(2))
                arguments[0] = -arguments[0];
            return true;
        case SystemCall::memory:
            arguments[0] = ~0ULL - arguments[0] % 2;
            return true;
        case SystemCall::read: // the console would wait for somebody to type
            return arguments[0] != 0;
        case SystemCall::write: // a little noise is enough
            if (arguments[0] == 1 || arguments[0] == 2)
                arguments[2] = arguments[2] <= PAGE_SIZE ? 0 : arguments[2];
            return arguments[2] < (1U << 20) || random_.one_in(4);
        default:
            return true;
        }
    }

    // A child of the child now and then, which makes calls of its own; no call is left to make.
    bool fork_and_leave() {
        if (depth_ != 0 || !random_.one_in(4))
            return false;
        const std::int64_t child = os::fork();
        if (child != 0)
            return false;
        ++depth_;
        for (unsigned i = 0; i < 20; ++i)
            make_call();
        os::exit(0);
    }

    Random random_;
    Places places_;
    unsigned depth_ = 0;
};

} // namespace hostile
