// A queue of events of three kinds, each a struct, handled by std::visit.
// SPDX-License-Identifier: MIT
//
// Does: overloads in one object, a variant in an optional, no value held across a change.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"

#include <array>
#include <variant>

namespace {

struct Pressed {
    std::byte key{};
};
struct Faulted {
    VirtAddr address{};
};
using Event = std::variant<std::monostate, Pressed, Faulted>;

struct Handler {
    std::uint64_t keys = 0;
    std::uint64_t faults = 0;
    void operator()(std::monostate) {}
    void operator()(const Pressed& event) { keys += event.key == std::byte{0} ? 0 : 1; }
    void operator()(const Faulted& event) { faults += event.address.offset_in_page() == 0 ? 1 : 0; }
};

struct Events {
    std::array<Event, 16> queue{};
    std::size_t count = 0;
    Handler handler{};
};
constinit Events events{};

void add(const Event& event) {
    if (events.count != events.queue.size())
        events.queue[events.count++] = event;
}

void serve() {
    for (const Event& event : std::span(events.queue).first(events.count))
        std::visit(events.handler, event);
    events.count = 0;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    add(Pressed{std::byte{'a'}});
    add(Faulted{VirtAddr(0x1000)});
    serve();
    return events.handler.faults == 1 ? Result<void>() : std::unexpected(Error::not_found);
}
