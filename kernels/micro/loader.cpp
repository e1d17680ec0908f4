// The kernel's part as a loader: the root server gets everything there is.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp. Next: root, in servers/root/root.cpp, which loads all others.
#include "authority.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"
#include "services/exec/boot_loader.hpp"
#include "services/exec/report.hpp"

#include <algorithm>

namespace {

using abi::micro::BootPage;

constexpr std::string_view ROOT = "root";
constexpr std::string_view OWN_FILES = "lib/micro";

// Tables of root's own space and of the servers' that it makes: a few for each server, and those of
// two windows onto all memory.
constexpr std::uint64_t TABLES = 128;
constexpr std::uint64_t WINDOWS = 2;
std::uint64_t tables_for(std::uint64_t frames) {
    return TABLES + WINDOWS * (frames / sv39::ENTRIES + 2);
}

// The loader's view of root's space. Its pages are handed over with the others.
struct LoadTarget {
    Space& space;
    FrameRange& frames;
    Result<PageBytes> fresh_page(Page page, Rights rights) {
        if (frames.count() == 0)
            return std::unexpected(Error::no_memory);
        const Frame frame = frames.first;
        frames.first = frame + 1;
        zero_page(frame_bytes(frame));
        TRY(space.map_used(page, frame, rights));
        return frame_bytes(frame);
    }
};

void describe_machine(BootPage& page, FrameRange frames) {
    const BootInfo& boot = kernel.boot;
    page.first_frame = frames.first.number();
    page.frame_count = frames.count();
    page.ram_disk_bytes = boot.initial_ram_disk.size();
    page.timebase = boot.timebase;
    page.uart_registers = boot.uart.registers.size() == 0 ? 0 : boot.uart.registers.start.raw();
    page.uart_interrupt = boot.uart.interrupt;
    page.virtio_count = std::min(boot.virtio_count, page.virtio.size());
    for (std::size_t i = 0; i < page.virtio_count; ++i)
        page.virtio[i] = {boot.virtio[i].registers.start.raw(), boot.virtio[i].interrupt};
    page.argument_bytes = std::min(boot.arguments.size(), page.arguments.size());
    std::ranges::copy(boot.arguments.substr(0, page.argument_bytes), page.arguments.begin());
}

Result<void> show_ram_disk(Space& space) {
    const PhysRange disk = kernel.boot.initial_ram_disk;
    const Frame first = Frame::containing(disk.start);
    const Page page = Page::containing(VirtAddr(abi::micro::ROOT_RAM_DISK));
    for (std::uint64_t i = 0; i < pages_to_hold(disk.size()); ++i)
        TRY(space.map_used(page + i, first + i, Rights::read()));
    return {};
}

void give_everything(Thread& root, Space& space) {
    kernel.creators[0] = &root;
    root.capabilities = kernel.many[0];
    Capability& machine = root.capabilities[abi::micro::MACHINE.raw()];
    machine.rights = CapRights::of_machine();
    Capability& own = root.capabilities[abi::micro::ROOT_SPACE.raw()];
    own.space = &space;
    own.token = space.token;
    own.rights = CapRights::of_space();
    root.priority = abi::micro::priority::COUNT - 1;
}

Result<exec::WiredImage> load(Thread& root) {
    for (std::uint64_t left = tables_for(kernel.boot.memory.size() / PAGE_SIZE); left > 0; --left)
        kernel.frames.lend_table(root, TRY(kernel.frames.take_zeroed()));
    Space& space = kernel.spaces[0];
    space = Space(TRY(kernel.frames.take_table(root)), sv39::Asid(1));
    space.token = 1;
    space.manager = &root;
    space.manager_token = root.token;
    root.space = &space;
    FrameRange frames = kernel.frames.hand_over();
    LoadTarget target{space, frames};
    const exec::BootFiles files{physical_bytes(kernel.boot.initial_ram_disk), OWN_FILES};
    const exec::WiredImage image = TRY(exec::load_server(target, files, ROOT, VirtAddr(ROOT_SLOT)));
    const PageBytes page = TRY(target.fresh_page(
        Page::containing(VirtAddr(abi::micro::ROOT_BOOT_PAGE)), Rights::read_write()));
    TRY(show_ram_disk(space));
    describe_machine(*reinterpret_cast<BootPage*>(page.data()), frames);
    give_everything(root, space);
    return image;
}

} // namespace

void load_root() {
    for (std::size_t number = 0; number < kernel.threads.size(); ++number)
        kernel.threads[number].token = number;
    Thread& root = kernel.threads[0];
    begin_thread(root);
    root.name = ROOT;
    const Result<exec::WiredImage> image = load(root);
    if (!image) {
        Console console;
        exec::report_no_start(console, argument(kernel.boot.arguments, "program"), OWN_FILES, ROOT,
                              image.error());
        end_machine(machine_exit::CANNOT_LOAD);
    }
    csr::fence_instructions(); // code was stored, and will be fetched
    root.frame.pc = image->entry.raw();
    root.frame.x(reg::SP) = image->stack_end().raw();
    root.state = Thread::State::runnable;
    make_ready(root);
}
