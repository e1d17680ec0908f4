// Offers the kernel objects that are none, and says what it answers.
// SPDX-License-Identifier: MIT
//
// It is loaded as a loader (`loader=unfit`): it imports the module Domain.
#include "kernels/spin/interface/domain.hpp"
#include "kernels/spin/interface/extension.hpp"

#include "lib/print.hpp"

#include <array>

namespace {

using Object = std::span<const std::byte>;

constinit std::array<std::byte, 4096> own{};

struct Console {
    void put(std::string_view text) { console_write(text); }
};

void offer(std::string_view what, Object object) {
    Console console;
    const Result<spin::DomainReference> made = domain_create("unfit", object);
    print(console, "unfit ", what, ": ", made ? "taken" : to_words(made.error()), "\n");
}

Result<void> offer_all() {
    const Object small = TRY(domain_find_object("small.o"));
    for (std::size_t i = 0; i < own.size() && i < small.size(); ++i)
        own[i] = small[i];
    offer("own memory", own);
    offer("of the kernel", {reinterpret_cast<const std::byte*>(0xffffffc080200000), 4096});
    offer("beyond all", {small.data(), ~std::size_t{0}});
    offer("nothing", {});
    offer("its end", small.subspan(small.size() / 2));
    offer("its beginning", small.first(small.size() / 2));
    offer("longer by a byte", {small.data(), small.size() + 1});
    offer("no object", TRY(domain_find_object("note.o")));
    return {};
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const spin::Census before = domain_census();
    TRY(offer_all());
    const spin::Census after = domain_census();
    Console console;
    print(console, "unfit lost: ", before.free_frames - after.free_frames, " frames and ",
          before.free_kernel_frames - after.free_kernel_frames, " of the kernel, ",
          after.domains - before.domains, " domains\n");
    return {};
}
