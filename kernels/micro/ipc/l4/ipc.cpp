// The long paths of IPC: what happens when the receiver is busy.
// SPDX-License-Identifier: MIT
//
// First come, first served. The message waits with its sender, so a queue costs no memory.
#include "ipc.hpp"

#include "abi/micro/memory.hpp"

namespace ipc {

void queue(Thread& receiver, Thread& sender) {
    sender.state = Thread::State::sends;
    Thread** last = &receiver.first_sender;
    while (*last != nullptr)
        last = &(*last)->pending.next;
    *last = &sender;
    schedule();
}

void deliver_queued(Thread& receiver) {
    Thread& sender = *receiver.first_sender;
    receiver.first_sender = sender.pending.next;
    // Only the kernel sends this label, so it tells what the sender waits for.
    sender.state = sender.pending.message.label == abi::micro::label::PAGE_FAULT
                       ? Thread::State::awaits_pager
                       : Thread::State::awaits_answer;
    deliver(receiver, sender, sender.pending.badge, sender.pending.message);
}

} // namespace ipc
