// Which servers there are, and what each of them can reach.
// SPDX-License-Identifier: MIT
//
// Before: root.cpp. Each gets its pages, its place among the others (client.hpp: slots), and no
// more of the machine than it needs.
#include "kernels/micro/servers/root/system.hpp"

#include "kernels/micro/servers/pager/client.hpp"
#include "kernels/micro/servers/root/client.hpp"

namespace root {

namespace {

namespace right = micro::right;
using micro::CapSlot;

constexpr std::string_view OWN_FILES = "lib/micro";
// What root keeps for itself when it gives the rest of memory away: nothing is loaded afterwards.
constexpr std::uint64_t KEPT = 0;
constexpr std::uint64_t WINDOW_PAGES = (USER_END - PAGER_WINDOW) / PAGE_SIZE;
constexpr Page WINDOW = Page::containing(VirtAddr(PAGER_WINDOW));
// The block driver's: registers, a page with their interrupts, a page that the device shares.
constexpr Page SOURCES = WINDOW + std::tuple_size_v<decltype(abi::micro::BootPage::virtio)>;
constexpr Page SHARED = SOURCES + 1;
// Frames that a wired pager can name, and a few.
constexpr std::uint64_t MOST_WIRED = WINDOW_PAGES;
// The second pager's: for pages, and for its tables.
constexpr std::uint64_t MOST_SECOND = pager::MOST_HELD_FRAMES + 256;

// STEP, which was done for the sake of DIRECTORY/FILE.
exec::Loaded<void> done_for(std::string_view directory, std::string_view file,
                            const Result<void>& step) {
    if (!step)
        return exec::not_loaded(directory, file, step.error());
    return {};
}

} // namespace

void System::adopt(const abi::micro::BootPage& boot) {
    boot_ = &boot;
    memory_.adopt(boot);
}

exec::BootFiles System::files() const {
    return {
        Bytes(reinterpret_cast<const std::byte*>(abi::micro::ROOT_RAM_DISK), boot_->ram_disk_bytes),
        OWN_FILES};
}

exec::Loaded<exec::WiredImage> System::load(std::uint64_t child, std::string_view name,
                                            VirtAddr slot, std::uint64_t priority) {
    names_[child] = name;
    const auto loaded = [&]() -> Result<exec::WiredImage> {
        TRY(make(Child(child), name, priority));
        LoadTarget target{memory_, Child(child).space()};
        return exec::load_server(target, files(), name, slot);
    };
    return exec::on_behalf_of(OWN_FILES, name, loaded());
}

Result<void> System::connect(std::uint64_t child, CapSlot slot, std::uint64_t another,
                             std::uint64_t badge, std::uint64_t rights) {
    return micro::give_to_thread(Child(child).thread(), slot, Child(another).thread(), rights,
                                 badge);
}

Result<void> System::empower(std::uint64_t child, std::uint64_t rights) {
    return micro::give_to_thread(Child(child).thread(), abi::micro::MACHINE, abi::micro::MACHINE,
                                 rights);
}

namespace {

Result<void> run(std::uint64_t child, const exec::WiredImage& image,
                 const std::array<std::uint64_t, 5>& arguments = {}) {
    return start(Child(child), image.entry, image.stack_end(), arguments);
}

} // namespace

// The registers of all devices that may be disks, a page with their interrupts, and a page that the
// device shares.
Result<void> System::start_disk(const exec::WiredImage& image) {
    const CapSlot space = Child(DISK).space();
    for (std::uint64_t i = 0; i < boot_->virtio_count; ++i)
        TRY(micro::map_memory(space, WINDOW + i, boot_->virtio[i].registers / PAGE_SIZE, 1,
                              Rights::read_write()));
    const Memory::Seen sources = TRY(memory_.take());
    auto* const numbers = reinterpret_cast<std::uint64_t*>(sources.bytes.data());
    for (std::uint64_t i = 0; i < boot_->virtio_count; ++i)
        numbers[i] = boot_->virtio[i].interrupt;
    TRY(devices_.adopt(*boot_, memory_));
    const Memory::Seen shared = TRY(memory_.take());
    TRY(micro::map_memory(space, SOURCES, sources.frame, 1, Rights::read()));
    TRY(micro::map_memory(space, SHARED, shared.frame, 1, Rights::read_write()));
    TRY(empower(DISK, right::DMA | right::INTERRUPTS));
    return run(DISK, image,
               {WINDOW.start().raw(), boot_->virtio_count, SOURCES.start().raw(),
                SHARED.start().raw(), shared.frame * PAGE_SIZE});
}

Result<void> System::start_files(const exec::WiredImage& image) {
    TRY(connect(FILES, slot::DISK, DISK, FILES));
    return run(FILES, image);
}

Result<void> System::start_console(const exec::WiredImage& image) {
    const std::uint64_t registers = boot_->uart_registers;
    if (registers != 0)
        TRY(micro::map_memory(Child(CONSOLE).space(), WINDOW, registers / PAGE_SIZE, 1,
                              Rights::read_write()));
    TRY(empower(CONSOLE, right::INTERRUPTS));
    TRY(connect(CONSOLE, slot::UNIX, UNIX, 0, right::NOTIFY));
    return run(CONSOLE, image,
               {registers == 0 ? 0 : PAGER_WINDOW + registers % PAGE_SIZE, boot_->uart_interrupt});
}

// It is for one program at a time, and never for more than a part of memory.
Result<void> System::start_second_pager(const exec::WiredImage& image) {
    TRY(connect(SECOND_PAGER, slot::FILES, FILES, SECOND_PAGER));
    TRY(connect(SECOND_PAGER, slot::DISK, DISK, SECOND_PAGER));
    TRY(empower(SECOND_PAGER, right::CREATE));
    const std::uint64_t most = std::min(MOST_SECOND, memory_.left() / 16);
    const std::uint64_t frames =
        TRY(memory_.give_rest(Child(SECOND_PAGER).space(), WINDOW, KEPT, most));
    return run(SECOND_PAGER, image, {PAGER_WINDOW, frames});
}

// All memory that nobody needs yet.
Result<void> System::start_pager(const exec::WiredImage& image) {
    TRY(connect(PAGER, slot::FILES, FILES, PAGER));
    TRY(connect(PAGER, slot::DISK, DISK, PAGER));
    TRY(connect(PAGER, slot::SECOND_PAGER, SECOND_PAGER, pager::CREATOR,
                right::SEND | right::CONTROL));
    TRY(empower(PAGER, right::CREATE));
    const std::uint64_t frames =
        TRY(memory_.give_rest(Child(PAGER).space(), WINDOW, KEPT, WINDOW_PAGES));
    return run(PAGER, image, {PAGER_WINDOW, frames});
}

Result<void> System::start_unix_server(const exec::WiredImage& image) {
    TRY(connect(UNIX, slot::PAGER, PAGER, pager::CREATOR));
    TRY(connect(UNIX, slot::FILES, FILES, UNIX));
    TRY(connect(UNIX, slot::CONSOLE, CONSOLE, UNIX));
    TRY(connect(UNIX, slot::SCHEDULER, SCHEDULER, UNIX, right::SEND | right::NOTIFY));
    TRY(empower(UNIX, right::CREATE | right::END));
    return run(UNIX, image);
}

exec::Loaded<void> System::start_unix() {
    using namespace micro::priority;
    const auto disk = TRY(load(DISK, "disk", VirtAddr(DISK_SLOT), DRIVER));
    const auto file_server = TRY(load(FILES, "files", VirtAddr(FILES_SLOT), SERVER));
    const auto its_pager = TRY(load(PAGER, "pager", VirtAddr(PAGER_SLOT), SERVER));
    const auto second =
        TRY(load(SECOND_PAGER, "second-pager", VirtAddr(SECOND_PAGER_SLOT), SERVER));
    const auto its_console = TRY(load(CONSOLE, "console", VirtAddr(CONSOLE_SLOT), DRIVER));
    const auto its_scheduler = TRY(load(SCHEDULER, "scheduler", VirtAddr(SCHEDULER_SLOT), DRIVER));
    const auto its_unix = TRY(load(UNIX, "unix", VirtAddr(UNIX_SLOT), SERVER));
    TRY(done_for(OWN_FILES, "disk", start_disk(disk)));
    TRY(done_for(OWN_FILES, "files", start_files(file_server)));
    TRY(done_for(OWN_FILES, "console", start_console(its_console)));
    TRY(done_for(OWN_FILES, "scheduler", run(SCHEDULER, its_scheduler)));
    TRY(done_for(OWN_FILES, "second-pager", start_second_pager(second)));
    TRY(done_for(OWN_FILES, "pager", start_pager(its_pager)));
    return done_for(OWN_FILES, "unix", start_unix_server(its_unix));
}

exec::Loaded<exec::WiredImage> System::load_program(std::string_view name) {
    constexpr std::string_view LIBRARY = "wired-library";
    constexpr std::string_view PROGRAMS_ARE_IN = "bin";
    names_[PROGRAM] = name;
    LoadTarget target{memory_, Child(PROGRAM).space()};
    const auto library = [&]() -> Result<VirtAddr> {
        TRY(make(Child(PROGRAM), name, micro::priority::USUAL));
        const Bytes file = TRY(exec::find_image(files().disk, OWN_FILES, LIBRARY));
        return exec::load_image(target, file, {exec::LIBRARIES.first, exec::LIBRARIES.bytes});
    };
    TRY(exec::on_behalf_of(OWN_FILES, LIBRARY, library()));
    return exec::on_behalf_of(PROGRAMS_ARE_IN, name, exec::load_program(target, files(), name));
}

// It may map into the program's space what it holds, by its answers to faults alone.
Result<void> System::start_wired_pager(const exec::WiredImage& image,
                                       const exec::WiredImage& program) {
    const CapSlot thread = Child(WIRED).thread();
    TRY(micro::set_pager(Child(PROGRAM).space(), VirtAddr(0), VirtAddr(USER_END), PROGRAM,
                         thread.raw()));
    const std::uint64_t frames =
        TRY(memory_.give_rest(Child(WIRED).space(), WINDOW, KEPT, MOST_WIRED));
    return run(WIRED, image,
               {PAGER_WINDOW, frames, program.heap_start().raw(), program.heap_limit().raw()});
}

// It starts in its library, which learns its entry and whom to ask for memory.
Result<void> System::start_wired_program(const exec::WiredImage& program) {
    constexpr CapSlot MEMORY{1};
    TRY(connect(PROGRAM, MEMORY, WIRED, PROGRAM));
    return start(Child(PROGRAM), VirtAddr(LIBRARY_BASE), program.stack_end(),
                 {program.entry.raw(), MEMORY.raw()});
}

exec::Loaded<void> System::start_wired(std::string_view name, std::string_view pager) {
    is_wired_ = true;
    const auto image = TRY(load(WIRED, pager, VirtAddr(WIRED_SLOT), micro::priority::USUAL));
    const auto program = TRY(load_program(name));
    TRY(done_for(OWN_FILES, pager, start_wired_pager(image, program)));
    return done_for("bin", name, start_wired_program(program));
}

} // namespace root
