// Takes a query's steps: builds tables word by word, calls the student's code, tries it by access.
// SPDX-License-Identifier: MIT
//
// Before: rig.cpp. The judge made every word that `write` puts into a table, so nothing here knows
// how an entry is encoded. The access is made in user mode, by the machine's own walk.
#include "rig.hpp"

#include "abi/lab_sv39.hpp"
#include "arch/riscv/address_space.hpp"
#include "arch/riscv/kernel_map.hpp"

#include <algorithm>
#include <utility>

namespace sv39_lab {

// Where the student's code finds tables, and gets more of them. In a namespace with a name, so that
// a debugger finds find_entry and the others by theirs.
struct PoolTables : DirectTables {
    std::uint64_t next = 0;
    std::uint64_t end = 0;
    std::uint64_t taken = 0;

    Result<Frame> new_table() {
        if (next == end)
            return std::unexpected(Error::no_memory);
        ++taken;
        return Frame(FIRST_FRAME + next++);
    }
};

} // namespace sv39_lab

namespace {

using namespace sv39_lab;

constexpr std::uint64_t TABLE_WORDS = TABLES * ENTRIES_A_TABLE;
constexpr std::uint64_t GIGABYTE = 1 << 30;

// The pool: words of its tables, and the tables as they were.
std::uint64_t* words() { return reinterpret_cast<std::uint64_t*>(KERNEL_OFFSET + POOL); }
constinit std::array<std::uint64_t, TABLE_WORDS> remembered{};

struct RigSpace : AddressSpace {
    explicit RigSpace(Frame root) : AddressSpace(root, sv39::Asid(0)) {}
    using AddressSpace::clear_accessed;
    using AddressSpace::entry_for;
    using AddressSpace::map;
    using AddressSpace::protect;
    using AddressSpace::put;
    using AddressSpace::replace;
    using AddressSpace::unmap;
};

std::uint64_t reply_for(Error error) {
    const auto code = [](Reply reply) { return static_cast<std::uint64_t>(reply); };
    switch (error) {
    case Error::no_memory:
        return code(Reply::no_memory);
    case Error::already_mapped:
        return code(Reply::already_mapped);
    case Error::not_mapped:
        return code(Reply::not_mapped);
    case Error::invalid:
        return code(Reply::invalid);
    default:
        return code(Reply::other);
    }
}

template <class R>
std::uint64_t reply_of(const R& result) {
    return result ? 0 : reply_for(result.error());
}

std::uint64_t place_of(const sv39::Pte* entry) {
    if (entry == nullptr)
        return NOWHERE;
    const auto distance =
        reinterpret_cast<std::uint64_t>(entry) - reinterpret_cast<std::uint64_t>(words());
    return distance < TABLE_WORDS * 8 && distance % 8 == 0 ? distance / 8 : OUTSIDE;
}

class Steps {
public:
    explicit Steps(rig::Query& query) : query_(query), space_(fresh_root()) {}

    void take_all() {
        while (next_ < query_.argument_count)
            take(static_cast<Step>(argument()));
    }

private:
    static constexpr Frame ROOT = Frame(FIRST_FRAME);

    static Frame fresh_root() {
        put_in_force(kernel_root().number()); // the last query's root is about to be zeroed
        for (std::uint64_t i = 0; i < TABLES + DATA; ++i)
            zero_page(frame_bytes(Frame(FIRST_FRAME + i)));
        for (std::uint64_t i = 0; i < DATA; ++i)
            words()[(TABLES + i) * ENTRIES_A_TABLE] = mark_of(FIRST_DATA + i);
        csr::fence_instructions();
        return ROOT;
    }

    std::uint64_t argument() { return query_.arguments[next_++]; }
    Page page() { return Page(argument()); }
    Frame frame() { return Frame(argument()); }
    Rights rights() { return Rights::from_raw(argument()); }
    sv39::PteFlags flags() {
        return sv39::PteFlags::from_raw(static_cast<std::uint8_t>(argument()));
    }
    void answer(std::uint64_t word) { query_.answers[query_.answer_count++] = word; }

    void take(Step step) {
        if (is_watched(step))
            change(step);
        else if (step < Step::flags || step == Step::stock || step == Step::taken)
            prepare(step);
        else if (step < Step::walk || step == Step::with || step == Step::has_encoding)
            compute(step);
        else
            use_tables(step);
    }

    // What needs no line of the student's.
    void prepare(Step step) {
        switch (step) {
        case Step::write: {
            const std::uint64_t where = argument();
            words()[where] = argument();
            return;
        }
        case Step::snapshot:
            std::copy_n(words(), TABLE_WORDS, remembered.begin());
            return;
        case Step::changed: {
            std::uint64_t count = 0;
            for (std::uint64_t i = 0; i < TABLE_WORDS; ++i)
                count += remembered[i] != words()[i];
            return answer(count);
        }
        case Step::read:
            return answer(words()[argument()]);
        case Step::stock:
            tables_.next = argument();
            tables_.end = tables_.next + argument();
            tables_.taken = 0;
            return;
        default:
            return answer(tables_.taken);
        }
    }

    // Entries and indices alone.
    void compute(Step step) {
        switch (step) {
        case Step::flags:
            return make_flags();
        case Step::leaf: {
            const Frame to = frame();
            return answer(sv39::Pte::leaf(to, flags()).raw());
        }
        case Step::table:
            return answer(sv39::Pte::table(frame()).raw());
        case Step::decode: {
            const auto entry = sv39::Pte::from_raw(argument());
            for (const bool says : {entry.is_valid(), entry.is_leaf(), entry.is_table()})
                answer(says ? 1 : 0);
            answer(entry.frame().number());
            return answer(entry.flags().raw());
        }
        case Step::index: {
            const Page of = page();
            return answer(sv39::index_at(of, static_cast<unsigned>(argument())));
        }
        case Step::with: {
            const sv39::PteFlags old = flags();
            return answer(old.with(rights()).raw());
        }
        default:
            return answer(sv39::has_encoding(rights()) ? 1 : 0);
        }
    }

    void make_flags() {
        const auto maker = static_cast<Maker>(argument());
        const Rights given = rights();
        answer((maker == Maker::user        ? sv39::PteFlags::user(given)
                : maker == Maker::unwritten ? sv39::PteFlags::unwritten(given)
                                            : sv39::PteFlags::kernel(given))
                   .raw());
    }

    void use_tables(Step step) {
        switch (step) {
        case Step::walk:
            return answer(place_of(sv39::find_entry(tables_, ROOT, page())));
        case Step::map: {
            const Page at = page();
            const Frame to = frame();
            answer(reply_of(sv39::map(tables_, ROOT, at, to, flags())));
            return csr::fence_all();
        }
        case Step::unmap: {
            const Result<Frame> old = sv39::unmap(tables_, ROOT, page());
            answer(reply_of(old));
            answer(old ? old->number() : 0);
            return csr::fence_all();
        }
        case Step::protect: {
            const Page at = page();
            answer(reply_of(sv39::protect(tables_, ROOT, at, flags())));
            return csr::fence_all();
        }
        default:
            return access();
        }
    }

    void access() {
        const auto use = static_cast<Use>(argument());
        const std::uint64_t address = argument();
        const char* const code = use == Use::load    ? program_load
                                 : use == Use::store ? program_store
                                                     : program_fetch;
        put_in_force_once();
        const Reached reached = run_program(
            PROGRAM_ENTRY * GIGABYTE + physical(code).raw() - DIRECT_RAM, address, STORED);
        answer(reached.cause);
        answer(reached.cause != 0 || use == Use::load ? reached.value : 0);
    }

    // From the query's first access on, so that what the machine remembers of a translation that
    // is changed afterwards is not forgotten for another reason.
    void put_in_force_once() {
        if (!std::exchange(in_force_, true))
            put_in_force(FIRST_FRAME);
    }

    // The probe sees the student's stores and fences, and the rig's none.
    void change(Step step) {
        const Page at = page();
        switch (step) {
        case Step::space_map: {
            const Frame to = frame();
            const Rights given = rights();
            return watched([&] { return space_.map(tables_, at, to, given); });
        }
        case Step::space_put: {
            const Frame to = frame();
            const sv39::PteFlags given = flags();
            return watched([&]() -> Result<void> {
                space_.put(*TRY(space_.entry_for(tables_, at)), at, to, given);
                return {};
            });
        }
        case Step::space_unmap: {
            Result<sv39::Pte> old = std::unexpected(Error::not_mapped);
            watched([&] {
                old = space_.unmap(at);
                return old;
            });
            return answer(old ? old->raw() : 0);
        }
        case Step::space_replace: {
            const Frame to = frame();
            const sv39::PteFlags given = flags();
            return watched([&] { return space_.replace(at, to, given); });
        }
        case Step::space_protect: {
            const Rights given = rights();
            return watched([&] { return space_.protect(at, given); });
        }
        default:
            return watched([&] { return space_.clear_accessed(at); });
        }
    }

    template <class Change>
    void watched(Change change) {
        change_begins();
        const auto result = change();
        change_ends();
        answer(reply_of(result));
    }

    rig::Query& query_;
    RigSpace space_;
    PoolTables tables_;
    std::uint64_t next_ = 0;
    bool in_force_ = false;
};

} // namespace

void take_steps(rig::Query& query) { Steps(query).take_all(); }
