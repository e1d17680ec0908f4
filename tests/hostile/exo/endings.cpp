// An environment that breaks itself: the kernel ends it in words, or it lives with what it did.
// SPDX-License-Identifier: MIT
//
// What an environment does to its own save area, library OS and exception context is its own
// affair. What must not come of it is a panic, or an exception that goes round and round through
// the kernel. (An exception entry that clears in_use and faults again does that, as any endless
// loop would; nothing is to be seen of it but that the machine is busy, so no attack here is
// that one.)
#include "primitives.hpp"

#include "user/lib/os.hpp"

using namespace hostile;

extern "C" void unimplemented(); // call.S

namespace {

// A page that the library OS will have to bring.
std::uint64_t untouched_page() { return static_cast<std::uint64_t>(os::sbrk(PAGE_SIZE)); }

void scribble(unsigned value) {
    auto* const bytes = reinterpret_cast<volatile unsigned char*>(EXO_ENVIRONMENT);
    for (std::uint64_t i = 0; i < PAGE_SIZE; ++i)
        bytes[i] = static_cast<unsigned char>(value);
}

int fault_with_entry(std::uint64_t entry) {
    const abi::exo::Contexts contexts{entry, entry, entry};
    primitive(Primitive::set_contexts, abi::exo::SELF, address_of(&contexts));
    touch(untouched_page());
    return 1;
}

} // namespace

extern "C" {

// The kernel believes nothing of the page: the next fault is delivered and mended as ever.
int scribbles_over_save_area() {
    const std::uint64_t page = untouched_page();
    scribble(0xa5);
    environment_page().save.in_use = 0;
    touch(page);
    return 0;
}

int claims_save_area() {
    const std::uint64_t page = untouched_page();
    scribble(0xff);
    touch(page);
    return 1;
}

int entry_in_the_kernel() { return fault_with_entry(KERNEL_OFFSET + KERNEL_LOAD); }
int entry_that_is_odd() { return fault_with_entry(~0ULL >> 1); }
int entry_that_faults() {
    return fault_with_entry(address_of(reinterpret_cast<const void*>(&unimplemented)));
}
int entry_without_code() { return fault_with_entry(0); }

int removes_environment_page() {
    const std::uint64_t page = untouched_page();
    remove(EXO_ENVIRONMENT);
    touch(page);
    return 1;
}

// The kernel goes on saving to the frame that it knows, and the library OS reads another.
int replaces_environment_page() {
    const std::uint64_t page = untouched_page();
    const Capability mine = allocate(some_frame());
    bind(mine, SLOT);
    remove(EXO_ENVIRONMENT);
    if (install(SLOT, EXO_ENVIRONMENT, READ | WRITE) != 0)
        return 1;
    scribble(0xff);
    touch(page);
    return 2;
}

int removes_library() {
    for (std::uint64_t page = 0; page < 64; ++page)
        remove(LIBRARY_BASE + page * PAGE_SIZE);
    touch(SCRATCH);
    return 1;
}

int removes_own_code() {
    constexpr std::uint64_t PAGE_MASK = ~(PAGE_SIZE - 1);
    remove(address_of(reinterpret_cast<const void*>(&ecall_with)) & PAGE_MASK);
    return 1;
}

int touches_what_it_removed() {
    const Capability mine = allocate(some_frame());
    bind(mine, SLOT);
    install(SLOT, SCRATCH, READ | WRITE);
    touch(SCRATCH);
    remove(SCRATCH);
    unbind(SLOT);
    deallocate(mine);
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

} // extern "C"
