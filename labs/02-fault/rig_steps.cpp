// Takes a query's steps: address spaces, regions, and the student's stages one by one.
// SPDX-License-Identifier: MIT
//
// Before: rig.cpp. The rig reads page tables and frames by itself; what it does for the program
// (place, poke) calls no stage of the student's.
#include "rig.hpp"

#include "kernels/monolithic/kernel.hpp"

#include "abi/lab_fault.hpp"
#include "arch/riscv/csr.hpp"
#include "lib/exception.hpp"
#include "services/vm/fault.hpp"

#include <algorithm>

extern "C" {
Fault fault_receive(const TrapFrame& frame);
Process& fault_dispatch();
void fault_resume(Process& process);
}

namespace {

using namespace fault_lab;

constexpr std::size_t PAGE_WORDS = PAGE_SIZE / sizeof(std::uint64_t);
using PageWords = std::span<std::uint64_t, PAGE_WORDS>;

PageWords words_of(Frame frame) {
    return PageWords(reinterpret_cast<std::uint64_t*>(frame_bytes(frame).data()), PAGE_WORDS);
}

std::uint64_t reply_for(Error error) {
    const auto code = [](Reply reply) { return static_cast<std::uint64_t>(reply); };
    switch (error) {
    case Error::bad_address:
        return code(Reply::bad_address);
    case Error::not_permitted:
        return code(Reply::not_permitted);
    case Error::no_memory:
        return code(Reply::no_memory);
    case Error::invalid:
        return code(Reply::invalid);
    case Error::input_output:
        return code(Reply::input_output);
    default:
        return code(Reply::other);
    }
}

template <class R>
std::uint64_t reply_of(const R& result) {
    return result ? 0 : reply_for(result.error());
}

class Steps {
public:
    explicit Steps(rig::Query& query) : query_(query) { renew_memory(); }

    void take_all() {
        while (next_ < query_.argument_count)
            take(static_cast<Step>(argument()));
    }

private:
    std::uint64_t argument() { return query_.arguments[next_++]; }
    vm::SpaceId space() { return vm::SpaceId(argument()); }
    Page page() { return Page(argument()); }
    Rights rights() { return Rights::from_raw(argument()); }
    void answer(std::uint64_t word) { query_.answers[query_.answer_count++] = word; }
    void answer_yes(bool word) { answer(word ? 1 : 0); }

    void take(Step step) {
        if (step <= Step::round)
            registers(step);
        else if (step <= Step::dispatch || step >= Step::install)
            stages_of_kernel(step);
        else if (step >= Step::resolve && step <= Step::fill)
            stages_of_service(step);
        else if (step < Step::resolve || step == Step::fork || step == Step::end ||
                 step == Step::window)
            prepare(step);
        else
            look(step);
    }

    void registers(Step step) {
        const std::uint64_t seed = argument();
        if (step == Step::save) {
            const Saved saved = trap_with_values(seed);
            answer(saved.wrong);
            answer_yes(saved.pc);
            answer(saved.sscratch);
            return answer_yes(saved.hart);
        }
        const std::uint64_t base = argument();
        if (step == Step::round)
            return answer(trap_and_go_on(seed, base));
        const Restored restored = go_on_with_values(seed, base);
        answer_yes(restored.reached);
        answer(restored.wrong);
        answer_yes(restored.sscratch);
    }

    void stages_of_kernel(Step step) {
        switch (step) {
        case Step::receive:
            return receive();
        case Step::dispatch: {
            Process& process = kernel.processes[argument()];
            kernel.hart.running = &process;
            return answer_yes(&fault_dispatch() == &process);
        }
        case Step::install:
            return install();
        default: {
            Process& process = kernel.processes[1];
            const std::uint64_t before = process.faults = 40;
            for (std::uint64_t left = argument(); left != 0; --left)
                fault_resume(process);
            return answer(process.faults - before);
        }
        }
    }

    void receive() {
        asm volatile("csrw scause, %0" ::"r"(argument()));
        asm volatile("csrw stval, %0" ::"r"(argument()));
        TrapFrame frame{};
        frame.pc = argument();
        asm volatile("csrw sepc, %0" ::"r"(frame.pc & ~std::uint64_t{3}));
        const Fault fault = fault_receive(frame);
        answer(fault.address.raw());
        answer(fault.pc.raw());
        answer(static_cast<std::uint64_t>(fault.access));
    }

    void install() {
        Frames& frames = kernel.memory.frames;
        vm::Resolution resolution{};
        resolution.space = space();
        resolution.page = page();
        resolution.rights = rights();
        resolution.access = static_cast<Access>(argument());
        resolution.frame = MUST(frames.take()); // memory is new, so there is room
        change_begins();
        const Result<void> installed = fault_install(resolution);
        change_ends();
        answer(reply_of(installed));
        const auto entry = kernel.memory.translations[resolution.space].examine(resolution.page);
        answer(entry ? entry->flags().raw() : 0);
        answer_yes(entry && entry->frame() == frames.frame_of(resolution.frame));
    }

    void stages_of_service(Step step) {
        vm::Memory& memory = kernel.memory;
        if (step == Step::resolve) {
            const vm::SpaceId in = space();
            const auto access = static_cast<Access>(argument());
            const Result<void> resolved =
                fault_resolve(memory, in, {VirtAddr(argument()), VirtAddr(0x1000), access});
            const vm::Resolution& found = memory.resolution();
            answer(reply_of(resolved));
            answer(resolved ? found.page.number() : 0);
            answer(resolved ? found.rights.raw() : 0);
            return answer(resolved ? static_cast<std::uint64_t>(found.supply) : 0);
        }
        if (step == Step::fill)
            return answer(reply_of(fault_fill(memory)));
        answer(reply_of(fault_frame(memory)));
        const vm::FrameIndex frame = memory.resolution().frame;
        const auto given = std::span(given_).first(given_count_);
        const bool is_new =
            frame.raw() < FRAMES && std::ranges::find(given, frame.raw()) == given.end();
        answer_yes(is_new);
        if (is_new && given_count_ < given_.size())
            given_[given_count_++] = frame.raw();
        answer(memory.statistics().resident);
    }

    // What needs no stage of the student's.
    void prepare(Step step) {
        vm::Memory& memory = kernel.memory;
        switch (step) {
        case Step::begin: {
            const vm::SpaceId made = MUST(memory.create()); // 64 of them are there
            return static_cast<void>(memory.translations.make_tables(made));
        }
        case Step::region: {
            const vm::SpaceId in = space();
            const Page first = page();
            const Page end = first + argument();
            return static_cast<void>(
                memory.map(in, {.first = first, .end = end, .rights = rights()}));
        }
        case Step::soil:
            return soil_frames();
        case Step::fork: {
            const vm::SpaceId parent = space();
            const vm::SpaceId child = MUST(memory.create());
            static_cast<void>(memory.translations.make_tables(child));
            return answer(reply_of(memory.fork(parent, child)));
        }
        case Step::end: {
            const vm::SpaceId ended = space();
            static_cast<void>(memory.destroy(ended));
            return memory.translations.give_tables(ended);
        }
        default: { // window
            const vm::SpaceId in = space();
            const Page at = page();
            const Frame any = Frame::containing(PhysAddr(POOL));
            Space& tables = memory.translations[in];
            MUST(tables.install(memory.frames, at, any, sv39::PteFlags::user(Rights::read())));
            static_cast<void>(tables.unmap(at));
        }
        }
    }

    void look(Step step) {
        vm::Memory& memory = kernel.memory;
        switch (step) {
        case Step::nonzero:
            return answer(static_cast<std::uint64_t>(
                std::ranges::count_if(words_of(filled()), [](auto word) { return word != 0; })));
        case Step::counted:
            return answer(memory.statistics().counters.count(static_cast<vm::Supply>(argument())));
        case Step::place: {
            const vm::Resolution& found = memory.resolution();
            // Already said, if it could not.
            return static_cast<void>(memory.translations[found.space].install(
                memory.frames, found.page, filled(),
                sv39::PteFlags::unwritten(found.rights).after(found.access)));
        }
        case Step::note:
            noted_ = memory.frames.free_count();
            return;
        case Step::spent:
            return answer(noted_ - memory.frames.free_count());
        case Step::same: {
            const vm::SpaceId one = space(), other = space();
            const Page at = page();
            const auto here = entry_of(one, at), there = entry_of(other, at);
            return answer_yes(here && there && here->frame() == there->frame());
        }
        default:
            return look_at_page(step);
        }
    }

    // As the program would see the page, by its translation.
    void look_at_page(Step step) {
        const vm::SpaceId in = space();
        const Page at = page();
        const auto entry = entry_of(in, at);
        if (step == Step::flags)
            return answer(entry ? entry->flags().raw() : 0);
        if (step == Step::poke) {
            const std::uint64_t word = argument();
            if (entry)
                std::ranges::fill(words_of(entry->frame()), word);
            return;
        }
        if (!entry)
            return answer(NOT_THERE);
        const PageWords words = words_of(entry->frame());
        const bool alike = std::ranges::all_of(words, [&](auto word) { return word == words[0]; });
        answer(alike ? words[0] : MIXED);
    }

    static Result<sv39::Pte> entry_of(vm::SpaceId space, Page page) {
        return kernel.memory.translations[space].examine(page);
    }
    // The frame that the resolution has, if it is one.
    static Frame filled() {
        const vm::FrameIndex frame = kernel.memory.resolution().frame;
        return kernel.memory.frames.frame_of(frame.raw() < FRAMES ? frame : vm::FrameIndex(0));
    }

    rig::Query& query_;
    std::uint64_t next_ = 0;
    std::array<std::uint64_t, 32> given_{}; // frames
    std::size_t given_count_ = 0;
    std::uint64_t noted_ = 0;
};

} // namespace

void take_steps(rig::Query& query) { Steps(query).take_all(); }
