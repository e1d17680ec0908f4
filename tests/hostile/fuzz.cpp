// Thousands of system calls with hostile numbers, arguments and registers, which a kernel outlives.
// SPDX-License-Identifier: MIT
//
// One program for all kernels but those whose calls make processes and files (unix/fuzz.cpp); on
// SPIN without UNIX, and of exo the primitives. It asks which one runs, because some calls must not
// be made: those that end the program (exit) and those that by design never return (an endless
// sleep; on micro, waiting for messages, which nobody can send to a program). Everything else is
// fair. After each call it looks whether a register that a call keeps has changed, and whether one
// holds an address of the kernel that it was never told.
//
// The linker gives fuzz_seed and fuzz_temper (CMakeLists.txt). A wild one also does what on exo is
// an environment's own affair: unmap its own pages and library OS, give their frames back, and name
// contexts that nobody can execute. It may be ended for that, in words.
#include "tests/hostile/call.hpp"
#include "tests/hostile/fuzz_exo.hpp"

#include "abi/address_map.h"
#include "abi/errors.hpp"
#include "lib/address.hpp"
#include "lib/print.hpp"
#include "user/lib/os.hpp"

// Numbers, as addresses of symbols; none is 0, which an address cannot be.
extern "C" const char fuzz_seed[], fuzz_temper[];

namespace {

using hostile::Registers;
namespace reg = hostile::reg;

constexpr unsigned CALLS = 20000;
constexpr std::uint64_t SCRATCH = 0x20000000; // nobody's, for exo's install
constexpr std::uint64_t SOME_FRAME = 0x84000; // in the middle of the machine's 128 MiB
constexpr std::uint64_t SLOT = 240;           // exo's library OS has no use for those around it
constexpr std::uint64_t NONE = ~0ULL - 1;
constexpr std::uint64_t WILD = 2;

// SplitMix64 (Steele, Lea, Flood; OOPSLA'14).
struct Random {
    std::uint64_t state;
    std::uint64_t next() {
        state += 0x9e3779b97f4a7c15;
        std::uint64_t z = state;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }
};

// What must be known of a kernel's calls, by number and register.
struct Rules {
    std::array<std::uint64_t, 2> never; // end the program, or wait for ever
    std::uint64_t sleep;                // for so many ticks, or until then
    unsigned ticks;
    std::uint64_t write;
    unsigned address; // write's registers
    unsigned count;
    std::uint64_t flags = 0;    // beside the number, in a7
    std::uint64_t numbers = 20; // most are below
    bool is_exo = false;        // further rules: fuzz_exo.hpp
};
constexpr Rules BY_NUMBER{{1, NONE}, 4, reg::A0, 2, reg::A1, reg::A2};
constexpr Rules MICRO{{2, 5}, 4, reg::A1, 8, reg::A0, reg::A1, 0x700};
constexpr Rules EXO{{26, 27}, 17, reg::A1, 22, reg::A0, reg::A1, 0, 32, true};

// Told by calls that do no harm on any of them.
const Rules& rules_of_this_kernel() {
    constexpr std::uint64_t NO_PAGE = 1;
    const std::int64_t sixth = hostile::call(6, NO_PAGE).first; // micro: copy_in; exo: remove
    if (sixth == -abi::NO_PROCESS)
        return MICRO;
    if (sixth == -abi::FAULT)
        return EXO;
    return BY_NUMBER; // SPIN
}

std::array<char, 64> own_data{'.', '.', '.', '.'};
int main_entered;

class Fuzzer {
public:
    explicit Fuzzer(const Rules& rules, std::uint64_t seed, bool wild)
        : rules_(rules), random_{seed}, wild_(wild) {}

    void run_call() {
        for (unsigned i = 1; i < before_.size(); ++i)
            before_[i] = value();
        before_[reg::A7] = random_.below(8) == 0 ? value() : random_.below(rules_.numbers);
        // What came from one call together may make sense together: a capability.
        if (random_.below(2) == 0) {
            const unsigned pair = random_.below(results_.size()) & ~1U;
            before_[reg::A0] = results_[pair];
            before_[reg::A1] = results_[pair + 1];
        }
        if (rules_.flags != 0 && random_.below(2) == 0)
            before_[reg::A7] |= random_.next() & rules_.flags;
        const bool fair = tamed();
        after_ = before_;
        if (!fair)
            return;
        hostile::ecall_with(after_);
        if (static_cast<std::int64_t>(after_[reg::A0]) >= 0)
            ++not_refused_;
        const unsigned pair = random_.below(results_.size()) & ~1U;
        results_[pair] = after_[reg::A0];
        results_[pair + 1] = after_[reg::A1];
    }

    // The number of a register that a call keeps and that has changed, or 0.
    unsigned changed() const {
        for (const unsigned kept : {1, 2, 3, 4, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27})
            if (after_[kept] != before_[kept] && !is_lost(kept))
                return kept;
        return 0;
    }

    // The number of a register with an address of the kernel's that did not come from here, or 0.
    unsigned leaked() const {
        for (unsigned i = 1; i < after_.size(); ++i)
            if (after_[i] >= KERNEL_OFFSET && after_[i] < ~0ULL - PAGE_SIZE && !known(after_[i]))
                return i;
        return 0;
    }

    unsigned not_refused() const { return not_refused_; }
    const Registers& before() const { return before_; }
    const Registers& after() const { return after_; }

private:
    // On exo the library OS comes back through tp where a slice has ended, and through gp where it
    // has brought a page again.
    bool is_lost(unsigned number) const {
        return rules_.is_exo && (number == reg::TP || (number == reg::GP && wild_));
    }

    std::uint64_t value() {
        switch (random_.below(8)) {
        case 0:
            return random_.next() >> random_.below(64);
        case 1:
            return random_.below(4096);
        case 2:
            return results_[random_.below(results_.size())];
        case 3:
            return SCRATCH + random_.below(64) * PAGE_SIZE;
        case 4:
            return SOME_FRAME + random_.below(256);
        case 5:
            return SLOT + random_.below(8);
        default:
            return values_[random_.below(values_.size())];
        }
    }

    // Whether the call may be made; what is only too much of a good thing is made less.
    bool tamed() {
        const std::uint64_t flags = rules_.flags != 0 ? ~std::uint64_t{0xff} : 0;
        const std::uint64_t number = before_[reg::A7] & ~flags;
        if (number == rules_.never[0] || number == rules_.never[1])
            return false;
        if (number == rules_.sleep)
            before_[rules_.ticks] %= 16;
        // At most two bytes a call for the console, however much is asked for.
        const std::uint64_t address = before_[rules_.address];
        if (number == rules_.write && address < USER_END && address != stack_tail())
            before_[rules_.count] %= 3;
        return !rules_.is_exo ||
               fuzz_exo::is_fair(before_, wild_, hostile::address_of(own_data.data()));
    }

    static std::uint64_t stack_tail() {
        constexpr std::uint64_t SLOT_MASK = ~(SLOT_SIZE - 1ULL);
        return (hostile::address_of(own_data.data()) & SLOT_MASK) + STACK_END - 2;
    }

    bool known(std::uint64_t number) const {
        for (const std::uint64_t one : values_)
            if (one == number)
                return true;
        for (const std::uint64_t one : before_)
            if (one == number)
                return true;
        return false;
    }

    const Rules& rules_;
    Random random_;
    bool wild_;
    Registers before_{};
    Registers after_{};
    std::array<std::uint64_t, 16> results_{};
    unsigned not_refused_ = 0;
    const std::array<std::uint64_t, 32> values_{
        0,
        1,
        2,
        7,
        PAGE_SIZE - 1,
        PAGE_SIZE,
        ~0ULL,
        ~0ULL - 3,
        ~0ULL << 12,
        1ULL << 31,
        1ULL << 32,
        1ULL << 38,
        1ULL << 39,
        1ULL << 62,
        1ULL << 63,
        INT64_MAX,
        hostile::address_of(own_data.data()),
        hostile::address_of(reinterpret_cast<const void*>(&hostile::ecall_with)),
        stack_tail(),
        stack_tail() + 1,
        SCRATCH,
        SCRATCH + 1,
        LIBRARY_BASE,
        EXO_WINDOW,
        EXO_ENVIRONMENT,
        EXO_ENVIRONMENT + 4,
        SERVER_SLOTS,
        PAGER_WINDOW,
        USER_END,
        KERNEL_OFFSET,
        KERNEL_OFFSET + KERNEL_LOAD,
        EXTENSION_SLOTS,
    };
};

void report(const Fuzzer& fuzzer, unsigned call, std::string_view what, unsigned number) {
    os::Output output;
    print(output, "\nfuzz: call ", call, ": x", number, " ", what, ": ",
          hex(fuzzer.before()[number]), ", then ", hex(fuzzer.after()[number]), "; a7 was ",
          hex(fuzzer.before()[reg::A7]), "\n");
}

} // namespace

int main() {
    if (++main_entered != 1)
        return 9; // an exception entry led here
    Fuzzer fuzzer(rules_of_this_kernel(), hostile::address_of(fuzz_seed),
                  hostile::address_of(fuzz_temper) == WILD);
    for (unsigned i = 0; i < CALLS; ++i) {
        fuzzer.run_call();
        if (const unsigned number = fuzzer.changed()) {
            report(fuzzer, i, "was not kept", number);
            return 1;
        }
        if (const unsigned number = fuzzer.leaked()) {
            report(fuzzer, i, "holds an address of the kernel's", number);
            return 2;
        }
    }
    // Memory still comes at first touch.
    const std::int64_t heap = os::sbrk(PAGE_SIZE);
    if (heap < 0 && heap != -abi::NO_MEMORY)
        return 3;
    if (heap >= 0)
        hostile::touch(static_cast<std::uint64_t>(heap));
    os::Output output;
    print(output, "\nfuzz: still here after ", CALLS, " calls; ", fuzzer.not_refused(),
          " were not refused\n");
    return 0;
}
