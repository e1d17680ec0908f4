// Protected control transfer: into the callee and back with all registers, or not at all.
// SPDX-License-Identifier: MIT
#include "child.hpp"
#include "expect.hpp"

#include "lib/print.hpp"
#include "user/lib/os.hpp"

using namespace hostile;

namespace {

constexpr std::int64_t REFUSED = -2000;    // transfer.S
constexpr std::uint64_t MOST_ONE_WAY = 80; // guest instructions
constexpr std::uint64_t OF_THE_CALLEE = 7; // child_adds, its ecall among them

abi::exo::Contexts entered_at(const char* entry) {
    abi::exo::Contexts contexts = serving();
    contexts.transfer = in_child(entry);
    return contexts;
}

void refused(std::string_view what, std::uint64_t slot) {
    std::uint64_t cost = 0;
    expect(what, transfer_to(1, 2, slot, cost), REFUSED);
}

void well_made() {
    make_and_begin_child(entered_at(child_adds));
    std::uint64_t cost = 0;
    for (std::int64_t round = 0; round < 3; ++round)
        expect("the callee answers", transfer_to(40, round, CHILD, cost), 40 + round);
    expect("it knows who called", static_cast<std::int64_t>(child_data().word),
           static_cast<std::int64_t>(environment_page().number));
    expect_that("one way is short", cost <= 2 * MOST_ONE_WAY + OF_THE_CALLEE);
    os::Output output;
    print(output, "exo: ", cost - OF_THE_CALLEE, " instructions for both ways\n");
    // It serves its own slices as before.
    expect("the callee runs", let_child(Primitive::unbind, CHILDS_FREE), -abi::FAULT);
    end_child();
}

void not_to_be_entered() {
    refused("an empty slot", FREE_SLOTS);
    refused("a slot of a frame", CODE_SLOT);
    for (const std::uint64_t slot : Words{abi::exo::BINDINGS, 1ULL << 32, ~0ULL - EXO_TRANSFER})
        refused("no slot", slot);
    make_and_begin_child(serving());
    refused("one without an entry", CHILD);
    end_child();
    make_child();
    set_contexts(CHILD, entered_at(child_adds));
    refused("one that was not started", CHILD);
    ask(Primitive::destroy, CHILD);
    refused("one that has ended", CHILD);
    ask(Primitive::unbind, CHILD);
}

void in_the_middle() {
    make_and_begin_child(entered_at(child_waits_for_nobody));
    std::uint64_t cost = 0;
    expect("who is called cannot wait", transfer_to(0, 0, CHILD, cost), -abi::BUSY);
    end_child();
    abi::exo::Contexts contexts = serving();
    contexts.begin = in_child(child_returns_to_nobody);
    make_and_begin_child(contexts);
    expect("who returns to nobody goes on", let_child(Primitive::unbind, CHILDS_FREE), -abi::FAULT);
    end_child();
}

} // namespace

// By way of ExOS, which lets the program go on whatever becomes of the callee.
std::int64_t call_child(std::uint64_t slot) {
    const std::array<std::uint64_t, 6> arguments{40, 2};
    return os_call(EXO_TRANSFER + slot, arguments.data());
}

// The caller's registers are gone with its slice, but for what ExOS has kept.
void ends_in_the_call(std::string_view how, const char* entry) {
    make_and_begin_child(entered_at(entry));
    expect(how, call_child(CHILD), -abi::NO_PROCESS);
    expect_that("it has ended", child_has_ended());
    end_child();
}

extern "C" int callees_that_end() {
    prepare_children();
    make_and_begin_child(entered_at(child_adds));
    expect("the callee answers", call_child(CHILD), 42);
    end_child();
    expect("nobody is there", call_child(CHILD), -abi::NOT_FOUND);
    ends_in_the_call("who ends itself", child_exits);
    ends_in_the_call("who faults for ever", child_faults);
    ends_in_the_call("who does not return", child_spins);
    return failures();
}

extern "C" int transfers() {
    prepare_children();
    well_made();
    not_to_be_entered();
    in_the_middle();
    return failures();
}
