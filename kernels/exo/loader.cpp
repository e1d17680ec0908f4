// The first environment: loaded by the kernel, since before it there is nobody.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp. Next: enter_environment in entry.S, which jumps to the library
// OS's start. This is the one thing that the kernel does on nobody's behalf: frames of the image
// are the environment's own, behind its slots from 0 on, and no capability was given out for them.
#include "loader.hpp"

#include "authority.hpp"
#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"
#include "lib/arguments.hpp"
#include "services/exec/boot_loader.hpp"

#include <algorithm>

namespace {

constexpr std::string_view DIRECTORY = "lib/exo";

// A frame for the first environment. no_memory.
Result<Frame> take_zeroed(const Environment& environment) {
    const Frame frame = TRY(kernel.frames.take(environment.id));
    zero_page(frame_bytes(frame));
    return frame;
}

// The loader's view of an environment.
struct LoadTarget {
    Environment& environment;
    std::uint64_t next_slot = 0;

    Result<PageBytes> fresh_page(Page page, Rights rights) {
        if (environment.space.table_of(page) == nullptr)
            environment.space.give_table(page, TRY(take_zeroed(environment)));
        if (!environment.bindings.has(next_slot))
            return std::unexpected(Error::no_memory);
        const Frame frame = TRY(take_zeroed(environment));
        FrameRecord& record = kernel.frames.record(frame);
        record.bindings += 1;
        record.mappings += 1;
        environment.bindings.set(next_slot++,
                                 CapabilityName::of(frame, Rights::all(), Epoch(record.epoch)));
        *TRY(environment.space.entry_to_change(page)) =
            sv39::Pte::leaf(frame, sv39::PteFlags::user(rights));
        return frame_bytes(frame);
    }
};

// Of the images that the kernel loads.
Result<void> make(Environment& environment) {
    environment.id =
        EnvironmentId(static_cast<std::uint64_t>(&environment - kernel.environments.data()) + 1);
    Pieces pieces;
    for (Frame& piece : pieces)
        piece = TRY(take_zeroed(environment));
    make_environment(environment, pieces);
    environment.bindings.set_part(0, TRY(take_zeroed(environment)));
    environment.bindings.set(abi::exo::OWN_SLOT, name_of(environment));
    abi::exo::EnvironmentPage& page = *environment.page;
    const std::string_view arguments = kernel.boot.arguments;
    page.argument_bytes = std::min(arguments.size(), page.arguments.size());
    std::copy_n(arguments.begin(), page.argument_bytes, page.arguments.begin());
    return {};
}

Result<VirtAddr> load(Environment& environment, std::string_view library) {
    TRY(make(environment));
    LoadTarget target{environment};
    const Bytes file =
        TRY(exec::find_image(physical_bytes(kernel.boot.initial_ram_disk), DIRECTORY, library));
    return exec::load_image(target, file, {exec::LIBRARIES.first, USER_END - LIBRARY_BASE});
}

// LIBRARY begins in the slice at POSITION; or the machine ends in words.
void load_and_start(Environment& environment, std::string_view library, std::uint64_t position) {
    const Result<VirtAddr> entry = load(environment, library);
    if (!entry) {
        Console console;
        exec::report_no_start(console, argument(kernel.boot.arguments, "program"), DIRECTORY,
                              library, entry.error());
        end_machine(machine_exit::CANNOT_LOAD);
    }
    csr::fence_instructions(); // code was stored, and will be fetched
    environment.contexts.begin = entry->raw();
    environment.state = Environment::State::ready;
    MUST(give_slice(position, environment, environment)); // nobody's so far
}

} // namespace

void load_first_environment() {
    const std::string_view named = argument(kernel.boot.arguments, "library");
    Environment& first = kernel.environments[0];
    load_and_start(first, named.empty() ? "library" : named, 0);
    const std::string_view beside = argument(kernel.boot.arguments, "beside");
    if (beside.empty())
        return;
    Environment& second = kernel.environments[1];
    load_and_start(second, beside, abi::exo::SLICES - 1);
    first.bindings.set(abi::exo::BESIDE_SLOT, name_of(second).shrunk(Rights::read()));
}
