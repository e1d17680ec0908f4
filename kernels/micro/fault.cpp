// The road of a page fault through the microkernel: there and back as messages.
// SPDX-License-Identifier: MIT
//
//   program   | fault                                                  goes on
//   kernel    |   receive, dispatch                      install, resume
//   pager     |             resolve, frame, fill, answer
//
// Four crossings, two address-space switches. The way there: before, entry.S; next, the pager's
// loop in servers/pager/pager.cpp. The way back: before, reply_and_wait in ipc/l4/ipc.hpp; next,
// the program.
#include "fault.hpp"

#include "authority.hpp"
#include "ipc.hpp"
#include "kernel.hpp"

#include "abi/errors.hpp"
#include "abi/micro/memory.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/csr.hpp"
#include "arch/riscv/upcalls.hpp"
#include "lib/exception.hpp"
#include "lib/print.hpp"

using abi::micro::MapItem;

extern "C" {

// What happened? The trap's registers, read once and kept: the thread waits with them.
[[gnu::noipa]] void fault_receive(Thread& thread) {
    thread.fault.address = VirtAddr(csr::read_stval());
    thread.fault.pc = VirtAddr(thread.frame.pc);
    thread.fault.access = exception::access_of(csr::read_scause());
}

// Who is responsible? Whoever the thread's pager capability names; it is reached by a message and a
// direct switch. not_permitted: the thread has no pager; no_process: it has ended.
[[gnu::noipa]] Result<void> fault_dispatch(Thread& thread) {
    const Capability* pager = find_capability(thread, thread.pager, CapRights::send());
    if (pager == nullptr) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    return ipc::send(thread, *pager, abi::micro::to_message(thread.fault),
                     Thread::State::awaits_pager, 0);
}

// Put the translation in force. Authority: the thread lets its pager map, at the page of the fault
// and nowhere else, and the pager has the page that it gives, with at least these rights.
[[gnu::noipa]] Result<void> fault_install(Thread& thread, const Thread& pager,
                                          const MapItem& item) {
    const bool agreed = find_capability(thread, thread.pager, CapRights::map()) != nullptr &&
                        item.destination == Page::containing(thread.fault.address);
    if (!agreed) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    const sv39::Pte* page = find_page(pager, item.source, item.rights);
    if (page == nullptr) [[unlikely]]
        return std::unexpected(Error::bad_address);
    // A page that the access cannot use would be asked for again, for ever.
    if (!item.rights.allow(thread.fault.access)) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    // The page was stored by the pager, and will be fetched.
    if (item.rights.can_execute()) [[unlikely]]
        csr::fence_instructions();
    return thread.space.install(item.destination, page->frame(), item.rights, thread.fault.access);
}

// How does control get back? By a direct switch: the frame's pc still names the instruction that
// faulted.
[[gnu::noipa]] void fault_resume(Thread& thread) {
    thread.faults_mended += 1;
    thread.state = Thread::State::runnable;
    switch_to(thread);
}

} // extern "C"

namespace {

// What nobody mended is the thread's end; somebody else runs.
[[gnu::cold, gnu::noinline]] void refuse_fault(Thread& thread, Error why) {
    deliver_fault(thread, why);
    schedule();
}

// A pager that breaks the rules is as good as one that says no; but people should know.
[[gnu::cold, gnu::noinline]] void refuse_answer(Thread& thread, const Thread& pager, Error why) {
    Console console;
    print(console, "the answer of '", pager.name, "' to a page fault was refused\n");
    refuse_fault(thread, why);
}

[[gnu::cold, gnu::noinline]] void go_without_pager(Thread& thread, Error why) {
    Console console;
    print(console, "'", thread.name, "' has no pager\n");
    refuse_fault(thread, why);
}

} // namespace

// An upcall of the HAL.
extern "C" void on_page_fault(TrapFrame&) {
    Thread& thread = running_thread();
    fault_receive(thread);
    const Result<void> sent = fault_dispatch(thread);
    if (!sent) [[unlikely]]
        go_without_pager(thread, sent.error());
}

void finish_page_fault(Thread& thread, const Thread& pager, std::uint64_t label,
                       std::uint64_t word0, std::uint64_t word1) {
    if (label != abi::micro::label::DONE) [[unlikely]]
        return refuse_fault(thread, abi::to_error(static_cast<std::int64_t>(label)));
    if (!MapItem::is_in(word0, word1)) [[unlikely]]
        return refuse_answer(thread, pager, Error::malformed);
    const Result<void> installed = fault_install(thread, pager, MapItem::from_words(word0, word1));
    if (!installed) [[unlikely]]
        return refuse_answer(thread, pager, installed.error());
    fault_resume(thread);
}
