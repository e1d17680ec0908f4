// A region of a space that is another pager's: what the second pager does for the first.
// SPDX-License-Identifier: MIT
//
// Before: requests.cpp. Next: services/vm. The space's capability is in the slot of HELD already;
// its page tables are the other pager's, so that no table is wanted here.
#include "kernels/micro/servers/pager/held.hpp"

#include "kernels/micro/library/windows.hpp"
#include "kernels/micro/servers/pager/pager.hpp"
#include "kernels/micro/servers/pager/sizes.hpp"

namespace {

using micro::answer_of;
using micro::Message;
using micro::Received;
using micro::refusal;
namespace label = pager::label;

vm::Memory& memory() { return the_pager().memory; }
bool holds() { return the_pager().spaces[pager::HELD.raw()].state == vm::Space::State::used; }

Message answer_with(std::uint64_t first, std::uint64_t second = 0, std::uint64_t third = 0) {
    return {abi::micro::label::DONE, {first, second, third}};
}

Result<void> hold(std::uint64_t token) {
    pager::Held held{};
    TRY(micro::copy_from_user(micro::Window{token}, VirtAddr(0),
                              std::as_writable_bytes(std::span<pager::Held, 1>(&held, 1))));
    TRY(place_part(held.configuration, held.swap));
    static_cast<void>(TRY(memory().create())); // HELD
    return memory().map(pager::HELD, held.region);
}

// The frames are free again; the space and its tables are not this pager's.
void let_go() {
    if (holds())
        static_cast<void>(memory().destroy(pager::HELD));
}

Message piece(vm::PageRange range) {
    if (holds())
        for (const vm::Region& region : memory().space(pager::HELD).regions.all()) {
            const Page first = std::max(range.first, region.first);
            const Page end = std::min(range.end, region.end);
            if (first < end)
                return answer_with(first.number(), end.number(), region.rights.raw());
        }
    return answer_with(0);
}

Result<void> read(std::uint64_t token, Page page) {
    const VirtAddr address = page.start();
    TRY(the_pager().service.mend(pager::HELD, {address, address, Access::load}));
    const PageBytes bytes = memory().frames.bytes(memory().resolution().frame);
    return micro::copy_to_user(micro::Window{token}, VirtAddr(0), Bytes(bytes));
}

} // namespace

Message serve_first_pager(const Received& received) {
    const auto& words = received.message.words;
    switch (received.message.label) {
    case label::HOLD:
        return answer_of(hold(received.token));
    case label::LET_GO:
        let_go();
        return {};
    case label::PIECE:
        return piece({Page(words[0]), Page(words[1])});
    case label::UNTOUCHED:
        return answer_with(memory().is_untouched(pager::HELD, Page(words[1])) ? 1 : 0);
    case label::READ:
        return answer_of(read(received.token, Page(words[1])));
    default:
        return refusal(Error::invalid);
    }
}
