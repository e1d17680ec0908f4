// What the SPIN kernel's own means cost, as rows of `bench`.
// SPDX-License-Identifier: MIT
//
// linked-call: a function of another extension, with a body of nothing. raise: the event
// Strand.Unblock with one unguarded handler; less what the same reference's check costs where
// nothing is raised. trap-to-handler: from a program's store that faults to the first instruction
// of the handler of PageNotPresent. All by the counter of instructions, less what reading it costs.
// Not in the safe subset: it reads that counter. Booted with `extension=counter extension=bench`;
// the machine's first program runs when all is printed.
#include "tests/extensions/counter.hpp"

#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/codec.hpp"
#include "lib/print.hpp"

#include <array>

// The counter when the handler was reached; named for `page_not_present`.
extern "C" {
constinit std::uint64_t handler_reached_at = 0;
Result<void> mend(const spin::PageNotPresent& event);
}

namespace {

constexpr std::size_t TIMES = 63;
constexpr VirtAddr CODE(0x10000000);
constexpr VirtAddr DATA(0x10001000);
// Reads the counter and stores to a page that is not there, again and again.
constexpr std::array<std::uint32_t, 4> PROGRAM{
    0xc0202573, // rdinstret a0
    0x0005b023, // sd zero, 0(a1)
    0x00c585b3, // add a1, a1, a2
    0xff5ff06f, // j -12
};

struct Console {
    void put(std::string_view text) { console_write(text); }
};

class Samples {
public:
    // They are kept in order: the interface has nothing to sort by.
    void add(std::uint64_t value) {
        std::size_t place = count_++;
        for (; place != 0 && values_[place - 1] > value; --place)
            values_[place] = values_[place - 1];
        values_[place] = value;
    }
    bool is_full() const { return count_ == TIMES; }
    void print_as(std::string_view operation) const {
        Console console;
        print(console, "bench ", operation, " min ", values_.front(), " median ",
              values_[TIMES / 2], " count ", TIMES, "\n");
    }

private:
    std::size_t count_ = 0;
    std::array<std::uint64_t, TIMES> values_{};
};

std::uint64_t instructions() {
    std::uint64_t value;
    asm volatile("rdinstret %0" : "=r"(value)::"memory");
    return value;
}

// What CALL takes, reading included.
template <class Call>
std::uint64_t count(Call call) {
    const std::uint64_t before = instructions();
    call();
    return instructions() - before;
}

template <class Call, class Less>
void measure(std::string_view operation, Call call, Less less) {
    Samples samples;
    while (!samples.is_full()) {
        const std::uint64_t all = count(call);
        samples.add(all - count(less));
    }
    samples.print_as(operation);
}

[[gnu::naked]] void resumed(const spin::StrandEvent&) { asm("ret"); }

Result<void> measure_raise() {
    const spin::StrandReference self = strand_self();
    TRY(strand_install(self, {.unblock = resumed}));
    measure(
        "raise", [&] { static_cast<void>(strand_unblock(self)); },
        [&] { static_cast<void>(strand_notify(self)); });
    return strand_install(self, {});
}

struct Traps {
    spin::FrameCapability frame;
    spin::StrandReference strand;
    Samples samples;
};
constinit Traps traps{};

[[gnu::naked]] Result<void> page_not_present(const spin::PageNotPresent&) {
    asm("rdinstret t0\n"
        "lla t1, handler_reached_at\n"
        "sd t0, 0(t1)\n"
        "tail mend\n");
}

Result<void> start_program(spin::FrameQuota frames) {
    const spin::TranslationContext context = TRY(translation_create(frames));
    const spin::FrameCapability code = TRY(phys_addr_allocate(frames));
    for (std::size_t i = 0; i < PROGRAM.size(); ++i)
        TRY(store<std::uint32_t>(code.bytes(), 4 * i, PROGRAM[i]));
    TRY(translation_add_mapping(context, Page::containing(CODE), code, Rights::read_execute(),
                                Access::fetch));
    TRY(translation_install_page_not_present(context, page_not_present));
    traps.frame = TRY(phys_addr_allocate(frames));
    traps.strand = TRY(strand_create_program(frames));
    TRY(strand_set_space(traps.strand, context));
    spin::Registers registers{.pc = CODE.raw(), .saved = {}};
    registers.saved[10] = DATA.raw(); // a1
    registers.saved[11] = PAGE_SIZE;  // a2
    TRY(strand_set_registers(traps.strand, registers));
    return strand_unblock(traps.strand);
}

} // namespace

// One frame is every page's.
Result<void> mend(const spin::PageNotPresent& event) {
    const spin::Registers registers = TRY(strand_registers(traps.strand));
    traps.samples.add(handler_reached_at - registers.saved[9] - 1); // a0; and its reading
    if (traps.samples.is_full())
        TRY(strand_block(traps.strand)); // for ever
    return translation_add_mapping(event.context, Page::containing(event.fault.address),
                                   traps.frame, Rights::read_write(), event.fault.access);
}

extern "C" Result<void> extension_start(spin::FrameQuota frames, const spin::Program&) {
    measure(
        "linked-call", [] { counter::counter_nothing(); }, [] {});
    TRY(measure_raise());
    TRY(start_program(frames));
    while (!traps.samples.is_full())
        strand_yield();
    traps.samples.print_as("trap-to-handler");
    return {};
}
