// An environment that breaks itself: the kernel ends it in words, or it lives with what it did.
// SPDX-License-Identifier: MIT
//
// What an environment does to its own save area, library OS and exception context is its own
// affair. What must not come of it is a panic, or an exception that goes round and round through
// the kernel. (An exception entry that clears in_use and faults again does that, as any endless
// loop would; nothing is to be seen of it but that the machine is busy, so no attack here is
// that one.)
#include "expect.hpp"
#include "primitives.hpp"

#include "user/lib/os.hpp"

using namespace hostile;

extern "C" void unimplemented(); // call.S

namespace {

// A page that the library OS will have to bring.
std::uint64_t untouched_page() { return static_cast<std::uint64_t>(os::sbrk(PAGE_SIZE)); }

// Over BYTES of the environment page.
void scribble(unsigned value, std::uint64_t bytes) {
    auto* const page = reinterpret_cast<volatile unsigned char*>(EXO_ENVIRONMENT);
    for (std::uint64_t i = 0; i < bytes; ++i)
        page[i] = static_cast<unsigned char>(value);
}

int fault_with_entry(std::uint64_t entry) {
    const abi::exo::Contexts contexts{entry, entry, entry};
    primitive(Primitive::set_contexts, abi::exo::SELF, address_of(&contexts));
    touch(untouched_page());
    return 1;
}

} // namespace

extern "C" {

// The kernel believes nothing of the page: the next fault is delivered and mended as ever. (The
// library OS believes what the kernel has told it there of the machine's frames.)
int scribbles_over_save_area() {
    const std::uint64_t page = untouched_page();
    scribble(0xa5, offsetof(abi::exo::EnvironmentPage, first_frame));
    environment_page().save.in_use = 0;
    touch(page);
    return 0;
}

int claims_save_area() {
    const std::uint64_t page = untouched_page();
    scribble(0xff, PAGE_SIZE);
    touch(page);
    return 1;
}

int entry_in_the_kernel() { return fault_with_entry(KERNEL_OFFSET + KERNEL_LOAD); }
int entry_that_is_odd() { return fault_with_entry(~0ULL >> 1); }
int entry_that_faults() {
    return fault_with_entry(address_of(reinterpret_cast<const void*>(&unimplemented)));
}
int entry_without_code() { return fault_with_entry(0); }

// The page stays where the kernel saves to it.
int keeps_environment_page() {
    open_workshop();
    const std::uint64_t page = untouched_page();
    expect("remove it", remove(EXO_ENVIRONMENT), -abi::FAULT);
    take_frame(SLOT);
    expect("replace it", install(SLOT, EXO_ENVIRONMENT, READ | WRITE), -abi::FAULT);
    touch(page);
    return failures();
}

int removes_library() {
    for (std::uint64_t page = 0; page < 64; ++page)
        remove(LIBRARY_BASE + page * PAGE_SIZE);
    touch(SCRATCH);
    return 1;
}

// The library OS brings it again, as any page of the program.
int removes_own_code() {
    constexpr std::uint64_t PAGE_MASK = ~(PAGE_SIZE - 1);
    return static_cast<int>(
        remove(address_of(reinterpret_cast<const void*>(&ecall_with)) & PAGE_MASK));
}

int touches_what_it_removed() {
    open_workshop();
    take_frame(SLOT);
    install(SLOT, SCRATCH, READ | WRITE);
    touch(SCRATCH);
    remove(SCRATCH);
    release(SLOT);
    touch(SCRATCH); // the translation is gone from the TLB too
    return 1;
}

// The library OS knows its pages by itself: it puts back the same frame, with what is in it.
int gets_back_what_it_removed() {
    const std::uint64_t page = untouched_page();
    auto* const word = reinterpret_cast<volatile std::uint64_t*>(page);
    for (std::uint64_t round = 1; round <= 3; ++round) {
        *word = *word + round;
        if (remove(page) != 0)
            return 1;
    }
    return *word == 6 ? 0 : 1;
}

int ends_itself() {
    primitive(Primitive::end_by_fault);
    return 1;
}

// Children whose environments end without a word to UNIX: their parent hears of it, and what they
// had open is closed.
int dies_behind_unix() {
    for (const Primitive how : {Primitive::exit, Primitive::end_by_fault}) {
        const std::int64_t child = os::fork();
        if (child == 0)
            primitive(how);
        std::int64_t status = 0;
        if (os::wait(status) != child || status != abi::status::FAULT)
            return 1;
    }
    std::array<std::int64_t, 2> ends{};
    os::pipe(ends);
    if (os::fork() == 0)
        primitive(Primitive::exit);
    os::close(ends[1]);
    std::array<char, 1> byte{};
    return os::read(ends[0], std::span(byte)) == 0 ? 0 : 1;
}

} // extern "C"
