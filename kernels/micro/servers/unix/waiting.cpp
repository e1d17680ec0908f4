// Where a request that cannot be answered yet waits (call_wait), and who wakes its process (wake).
// SPDX-License-Identifier: MIT
//
// Before: the loop in calls.cpp, with a request that has no answer yet; services/unix, in the
// middle of a request of somebody else's. Next: back there. Nobody is served again from here: the
// loop does that after the request that it is at.
#include "kernels/micro/servers/unix/personality.hpp"

std::optional<unix::ProcessIndex> Sleepers::take_due(std::uint64_t now) {
    if (is_empty())
        return std::nullopt;
    const auto first = std::ranges::min_element(deadlines_);
    if (*first > now)
        return std::nullopt;
    const unix::ProcessIndex index(static_cast<std::size_t>(first - deadlines_.begin()));
    remove(index);
    return index;
}

namespace {

void await_turn(unix::ProcessIndex index) {
    process_at(index).waits_for = unix::Event::turn();
    personality.waiting.join(unix::Event::turn(), index);
    personality.has_more_to_do = true;
}

} // namespace

void UnixPlacement::wake(unix::Event event) {
    while (const std::optional<unix::ProcessIndex> index = personality.waiting.take(event))
        await_turn(*index);
}

// The loop ends it (calls.cpp), wherever its thread is then.
void UnixPlacement::interrupt(unix::ProcessIndex index) {
    personality.must_end.add(index);
    personality.has_more_to_do = true;
}

void wake_due() {
    if (personality.sleepers.is_empty())
        return;
    const std::uint64_t now = micro::kernel_call(micro::Operation::clock);
    while (const std::optional<unix::ProcessIndex> index = personality.sleepers.take_due(now))
        await_turn(*index);
}

extern "C" [[gnu::noipa]] void call_wait(Process& process) {
    const unix::Event event = personality.system.awaited(process.number);
    if (event == unix::Event::turn())
        return call_again(process);
    process.waits_for = event;
    personality.runs.remove(process.number);
    personality.has_more_to_do = true;
    if (event == unix::Event::deadline())
        personality.sleepers.add(process.number, call::Request(process.request).done());
    else
        personality.waiting.join(event, process.number);
}

void stop_waiting(Process& process) {
    if (!process.waits_for)
        return;
    if (*process.waits_for == unix::Event::deadline())
        personality.sleepers.remove(process.number);
    else
        personality.waiting.leave(*process.waits_for, process.number);
    process.waits_for.reset();
}
