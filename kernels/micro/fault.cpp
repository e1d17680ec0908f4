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

// Who is responsible? Whoever pages that part of the thread's space; it is reached by a message and
// a direct switch. not_permitted: nobody does; no_process: who did has ended.
[[gnu::noipa]] Result<void> fault_dispatch(Thread& thread) {
    const Capability* pager = thread.space->pager_of(thread.fault.address);
    if (pager == nullptr) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    return ipc::send(thread, *pager, abi::micro::to_message(thread.fault),
                     Thread::State::awaits_pager, 0);
}

// Put the translation in force. Authority: the pager pages that part of the space, and gives the
// page of the fault and no other; and it has the page that it gives, with at least these rights.
// no_memory: a table is wanted.
[[gnu::noipa]] Result<void> fault_install(Thread& thread, const Thread& pager,
                                          const MapItem& item) {
    const Capability* const agreed = thread.space->pager_of(thread.fault.address);
    const bool is_agreed = agreed != nullptr && agreed->receiver == &pager &&
                           item.destination == Page::containing(thread.fault.address);
    if (!is_agreed) [[unlikely]]
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
    return thread.space->install(item.destination, page->frame(), item.rights, thread.fault.access);
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

// What its pager refuses is the handler's matter; somebody else runs.
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

// The page cannot be put in force before there is a table: the pager is asked again, and told so,
// if the space's tables are its to give.
[[gnu::cold, gnu::noinline]] void ask_for_table(Thread& thread) {
    const Capability& pager = *thread.space->pager_of(thread.fault.address); // who answered
    if (pager.receiver != thread.space->manager)
        return refuse_fault(thread, Error::no_memory);
    ipc::Message message = abi::micro::to_message(thread.fault);
    message.label = abi::micro::label::TABLE_WANTED;
    ipc::send_quietly(thread, pager, message, Thread::State::awaits_pager, 0);
    schedule();
}

[[gnu::cold, gnu::noinline]] void go_without_pager(Thread& thread, Error why) {
    if (thread.fault.address >= VirtAddr(USER_END)) // there is nothing to page
        return refuse_fault(thread, Error::bad_address);
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
        return installed.error() == Error::no_memory
                   ? ask_for_table(thread)
                   : refuse_answer(thread, pager, installed.error());
    fault_resume(thread);
}
