// Environments: made of frames that somebody names, and ended.
// SPDX-License-Identifier: MIT
//
// Before: syscall.cpp; boot.cpp for the first one. Next: schedule.cpp. Nothing is allocated here:
// what an environment consists of was its maker's, and is its own from then on.
#include "task.hpp"

#include "authority.hpp"
#include "devices.hpp"
#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/kernel_map.hpp"
#include "arch/riscv/machine.hpp"
#include "lib/exception.hpp"
#include "lib/print.hpp"

#include <algorithm>

namespace {

constexpr std::uint64_t LARGE_PAGE = PAGE_SIZE * sv39::ENTRIES;
constexpr std::uint64_t GIB = LARGE_PAGE * sv39::ENTRIES;

// The order of abi::exo::FRAMES_TO_CREATE.
enum Piece : std::size_t { ROOT = 0, UPPER = 1, WINDOW = 3, PAGE = 5 };

constexpr Page page_at(std::uint64_t address) { return Page::containing(VirtAddr(address)); }

// Where the windows' tables stand in the one above them.
constexpr std::size_t UPPER_OF_WINDOWS = sv39::index_at(page_at(EXO_TABLES), 2);
constexpr unsigned FIRST_WINDOW = sv39::index_at(page_at(EXO_TABLES), 1);
static_assert(sv39::index_at(page_at(EXO_FRAMES), 2) == UPPER_OF_WINDOWS &&
              sv39::index_at(page_at(EXO_ENVIRONMENT), 1) == FIRST_WINDOW + 1);

Environment* find_unused() {
    for (Environment& environment : kernel.environments)
        if (!environment.is_there() && !environment.epoch.is_last())
            return &environment;
    return nullptr;
}

// The frame behind SLOT of MAKER's, if it is MAKER's alone.
Result<Frame> find_alone(const Environment& maker, std::uint64_t slot) {
    const CapabilityName name = maker.bindings.at(slot);
    if (!name.is_frame_with(Rights::read_write()) ||
        !kernel.frames.is_alone(name.frame(), maker.id))
        return std::unexpected(Error::not_permitted);
    return name.frame();
}

// FRAME, which was found so behind SLOT, is a part of ENVIRONMENT from now on, and zeroed.
void take_over(Environment& maker, std::uint64_t slot, Frame frame, EnvironmentId next) {
    maker.bindings.set(slot, CapabilityName());
    kernel.frames.take_over(frame, next);
    zero_page(frame_bytes(frame));
}

// FRAME is free, unless another environment has it, too (graft).
void give_up(Frame frame) {
    FrameRecord& record = kernel.frames.record(frame);
    if (record.mappings == 0)
        return kernel.frames.disown(frame, EnvironmentId(record.owner));
    record.mappings -= 1;
    kernel.frames.make_common(frame);
}

bool is_grafted(Frame frame) { return kernel.frames.record(frame).mappings != 0; }

// The tables of the windows and below the root, and the page that says where all is.
void put_together(Environment& environment, const Pieces& f) {
    environment.space = Space(f[ROOT], sv39::Asid(environment.id.raw()));
    environment.satp = environment.space.satp();
    Space& space = environment.space;
    sv39::Table& upper = table_in(f[UPPER + UPPER_OF_WINDOWS]);
    for (std::size_t i = 0; i < 2; ++i) {
        space.give_upper_table(page_at(i * GIB), f[UPPER + i]);
        upper.entries[FIRST_WINDOW + i] = sv39::Pte::table(f[WINDOW + i]);
    }
    upper.entries[sv39::index_at(page_at(EXO_FRAMES), 1)] =
        sv39::Pte::table(kernel.frame_table_map);
    table_in(f[WINDOW + 1]).entries[sv39::ENTRIES - 1] =
        sv39::Pte::leaf(f[PAGE], sv39::PteFlags::user(Rights::read_write()));
    environment.page = reinterpret_cast<abi::exo::EnvironmentPage*>(frame_bytes(f[PAGE]).data());
}

void describe_machine(Environment& environment) {
    abi::exo::EnvironmentPage& page = *environment.page;
    page.save.in_use = 1; // until there is an exception context
    page.first_frame = kernel.frames.first().number();
    page.frames_end = kernel.frames.end().number();
    page.number = environment.id.raw();
    page.disk_blocks = kernel.disk.block_count();
    page.disk_is_read_only = kernel.disk.is_read_only() ? 1 : 0;
}

// All mappings of TABLE end.
void empty_table(sv39::Table& table) {
    sv39::for_each_valid(table, sv39::ENTRIES, [](unsigned, sv39::Pte& entry) {
        kernel.frames.record(entry.frame()).mappings -= 1;
        entry = sv39::Pte();
    });
}

// The tables that were given to it, and then those that it was made of.
void take_apart_space(Environment& environment) {
    const Frame root = environment.space.root();
    for (std::size_t i = 0; i < 2; ++i) {
        const Frame upper = table_in(root).entries[i].frame();
        sv39::for_each_valid(table_in(upper), sv39::ENTRIES, [&](unsigned index, sv39::Pte& entry) {
            const Frame table = entry.frame();
            if (table == kernel.frame_table_map)
                return;
            const bool is_window = i == UPPER_OF_WINDOWS && index - FIRST_WINDOW < 2;
            if (!is_window && !is_grafted(table))
                empty_table(table_in(table));
            give_up(table);
        });
        give_up(upper);
    }
    give_up(root);
}

// What was bound is bound no more; frames of its own are nobody's.
void take_apart_bindings(Environment& environment) {
    for (std::size_t index = 0; index < abi::exo::PARTS; ++index) {
        if (!environment.bindings.has_part(index))
            continue;
        const Frame part = environment.bindings.part(index);
        if (!is_grafted(part))
            environment.bindings.for_each(index, [&](std::uint64_t slot) {
                static_cast<void>(release(environment, slot)); // it is there
            });
        give_up(part);
    }
}

// Frames that it owns, and had neither bound nor as parts.
void disown_the_rest(const Environment& environment) {
    for (Frame frame = kernel.frames.first(); frame < kernel.frames.end(); frame = frame + 1)
        kernel.frames.disown(frame, environment.id);
}

} // namespace

std::string_view Environment::name() const {
    return {page->name.data(), std::min<std::uint64_t>(page->name_bytes, page->name.size())};
}

void Environment::set_end_word(PhysAddr word) {
    forget_end_word();
    kernel.frames.record(Frame::containing(word)).pins += 1;
    end_word = word;
}

void Environment::forget_end_word() {
    if (end_word != PhysAddr())
        kernel.frames.record(Frame::containing(end_word)).pins -= 1;
    end_word = PhysAddr();
}

void make_environment(Environment& environment, const Pieces& frames) {
    put_together(environment, frames);
    describe_machine(environment);
    csr::fence_all(); // its identifier may have been another's
    environment.state = Environment::State::made;
}

Result<Environment*> create_environment(Environment& maker, std::uint64_t first) {
    Environment* const made = find_unused();
    if (made == nullptr)
        return std::unexpected(Error::too_many);
    if (first >= abi::exo::BINDINGS || abi::exo::BINDINGS - first < abi::exo::FRAMES_TO_CREATE)
        return std::unexpected(Error::invalid);
    Pieces frames;
    for (std::size_t i = 0; i < frames.size(); ++i)
        frames[i] = TRY(find_alone(maker, first + i));
    made->id = EnvironmentId(static_cast<std::uint64_t>(made - kernel.environments.data()) + 1);
    for (std::size_t i = 0; i < frames.size(); ++i)
        take_over(maker, first + i, frames[i], made->id);
    make_environment(*made, frames);
    return made;
}

void destroy_environment(Environment& environment) {
    if (environment.id == running_environment().id)
        csr::write_satp(kernel_root(), sv39::Asid(0)); // its own table goes
    // Who called it goes on at its `begin`; whom it called cannot return.
    if (environment.caller != nullptr)
        environment.caller->callee = nullptr;
    if (environment.callee != nullptr)
        environment.callee->caller = nullptr;
    if (environment.end_word != PhysAddr())
        *reinterpret_cast<std::uint64_t*>(direct_map(environment.end_word).raw()) += 1;
    environment.forget_end_word();
    give_slices_back(environment);
    kernel.disk.forget(environment.id);
    forget_asking(environment);
    leave_keys(environment);
    kernel.extents.give_back_unbound(environment.id);
    const Frame page = Frame::containing(physical(environment.page));
    take_apart_bindings(environment);
    take_apart_space(environment);
    give_up(page);
    if (kernel.frames.owned(environment.id))
        disown_the_rest(environment);
    csr::fence_all();
    const Epoch next = environment.epoch.next();
    const EnvironmentId id = environment.id;
    environment = Environment();
    environment.id = id;
    environment.epoch = next;
}

Result<void> give_table(Environment& maker, std::uint64_t slot, Environment& environment,
                        VirtAddr address) {
    const Frame table = TRY(find_alone(maker, slot));
    const Page page = Page::containing(address);
    TRY(environment.space.check_place(page));
    take_over(maker, slot, table, environment.id);
    environment.space.give_table(page, table);
    return {};
}

Result<void> give_part(Environment& maker, std::uint64_t slot, Environment& environment,
                       std::uint64_t index) {
    const Frame part = TRY(find_alone(maker, slot));
    if (index >= abi::exo::PARTS)
        return std::unexpected(Error::invalid);
    if (environment.bindings.has_part(index))
        return std::unexpected(Error::already_mapped);
    take_over(maker, slot, part, environment.id);
    environment.bindings.set_part(index, part);
    return {};
}

namespace {

// Can part INDEX of ENVIRONMENT's binding table become OTHER's, too?
Result<void> check_part(const Environment& environment, const Environment& other,
                        std::uint64_t index) {
    if (index >= abi::exo::PARTS || !environment.bindings.has_part(index))
        return std::unexpected(Error::not_mapped);
    if (other.bindings.has_part(index))
        return std::unexpected(Error::already_mapped);
    return {};
}

} // namespace

Result<void> graft(Environment& environment, Environment& other, VirtAddr address,
                   std::uint64_t slot) {
    const bool with_part = slot != abi::exo::NONE;
    const std::uint64_t part = slot / abi::exo::PART_SLOTS;
    const Page page = Page::containing(address);
    TRY(other.space.check_place(page));
    const sv39::Table* const table = environment.space.table_of(page);
    if (table == nullptr)
        return std::unexpected(Error::not_mapped);
    if (with_part) {
        TRY(check_part(environment, other, part));
        const Frame bindings = environment.bindings.part(part);
        other.bindings.set_part(part, bindings);
        kernel.frames.record(bindings).mappings += 1;
    }
    const Frame shared = Frame::containing(physical(table));
    other.space.give_table(page, shared);
    environment.single_table = nullptr;
    kernel.frames.record(shared).mappings += 1;
    return {};
}

namespace {

[[noreturn]] void leave(std::uint64_t machine_status) {
    Environment& environment = running_environment();
    if (&environment == &kernel.environments.front())
        end_machine(machine_status);
    destroy_environment(environment);
    begin_next_slice();
}

} // namespace

void end_environment(std::uint64_t status) { leave(machine_exit::of_program(status)); }

void end_before_it_began() { leave(machine_exit::CANNOT_LOAD); }

void end_after_fault() { leave(machine_exit::PROGRAM_FAULT); }

void end_undeliverable() {
    Console console;
    print(console, "program '", running_environment().name(),
          "' ended: ", exception::in_words(csr::read_scause()), " at pc ", hex(csr::read_sepc()),
          ", address ", hex(csr::read_stval()), ": its library OS cannot take it, exception entry ",
          hex(running_environment().contexts.exception), "\n");
    leave(machine_exit::PROGRAM_FAULT);
}
