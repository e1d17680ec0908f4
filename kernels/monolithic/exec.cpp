// exec: the regions of a new address space, the arguments on its stack, and the change of spaces.
// SPDX-License-Identifier: MIT
//
// Nothing of the file is loaded here: its segments become regions, and pages come with the faults
// that ask for them. The process keeps its old space until the new one is complete, so that a
// failure leaves it as it was. Before: call::exec, start_first_process. Next: the process's return
// to user mode, at the system library's start.
#include "exec.hpp"

#include "authority.hpp"
#include "kernel.hpp"
#include "memory.hpp"

#include "abi/address_map.h"
#include "services/exec/images.hpp"

namespace {

constexpr exec::Slots PROGRAMS{VirtAddr(PROGRAM_SLOTS), SLOT_SIZE, PROGRAM_SLOT_COUNT};
constexpr std::uint64_t STACK_ALIGNMENT = 16; // RISC-V psABI

// io::Destination over the kernel's own memory.
class KernelBytes {
public:
    explicit KernelBytes(std::span<std::byte> room) : room_(room) {}
    Result<void> put(Bytes bytes) {
        if (bytes.size() > room_.size())
            return std::unexpected(Error::invalid);
        copy_across_domains(room_, bytes);
        room_ = room_.subspan(bytes.size());
        return {};
    }

private:
    std::span<std::byte> room_;
};

struct Image {
    elf::Executable file;
    VirtAddr slot;
};

// Reads FILE's headers and checks them. malformed; is_directory and not_permitted (a device).
Result<Image> examine(Files::Inode inode, const exec::Slots& slots, std::uint64_t room) {
    const abi::Stat stat = TRY(kernel.files.stat(inode));
    if (stat.type == abi::FileType::directory)
        return std::unexpected(Error::is_directory);
    if (stat.type != abi::FileType::file)
        return std::unexpected(Error::not_permitted);
    KernelBytes head(kernel.exec.head);
    const std::uint64_t count = TRY(kernel.files.read(inode, 0, kernel.exec.head.size(), head));
    const Bytes there = std::span(kernel.exec.head).first(count);
    const VirtAddr slot = TRY(exec::slot_of(there, slots));
    return Image{TRY(elf::Executable::parse_head(there, stat.size, {slot, room})), slot};
}

Result<void> map_segments(vm::SpaceId space, Files::Inode inode, const elf::Executable& file) {
    for (const elf::Segment& segment : file.segments()) {
        const Page first = Page::containing(segment.start);
        const bool of_file = segment.file_bytes != 0;
        TRY(kernel.memory.map(
            space, {.first = first,
                    .end = first + pages_to_hold(segment.memory_bytes),
                    .file_offset = of_file ? segment.file_offset : 0,
                    .file_bytes = segment.file_bytes,
                    .file = of_file ? vm::FileId(inode.index()) : vm::FileId(),
                    .rights = segment.rights,
                    .backing = of_file ? vm::Backing::file_private : vm::Backing::anonymous}));
    }
    return {};
}

Result<void> map_all(vm::SpaceId space, Files::Inode inode, const Image& image) {
    TRY(map_segments(space, inode, image.file));
    TRY(map_segments(space, kernel.exec.library, kernel.exec.library_file));
    TRY(kernel.memory.set_heap(space, image.slot + HEAP_OFFSET, image.slot + HEAP_LIMIT));
    const Page stack_end = Page::containing(image.slot + STACK_END);
    return kernel.memory.map(space,
                             {.first = Page(stack_end.number() - 1),
                              .end = stack_end,
                              .lowest = Page(stack_end.number() - pages_to_hold(STACK_LIMIT)),
                              .rights = Rights::read_write(),
                              .growth = vm::Growth::down});
}

// A new address space with all regions of IMAGE.
Result<vm::SpaceId> build_space(Files::Inode inode, const Image& image) {
    const Holding memory(kernel.memory_lock);
    TRY(kernel.memory.make_room(1)); // for a root table
    const vm::SpaceId space = TRY(kernel.memory.create());
    Result<void> built = kernel.memory.translations[space].begin(space, kernel.memory.frames);
    if (built)
        built = map_all(space, inode, image);
    if (built)
        return space;
    discard_space(space);
    return std::unexpected(built.error());
}

struct Start {
    VirtAddr stack;
    VirtAddr views;
};

// Puts the arguments on SPACE's stack, below END: views, and above them the texts.
Result<Start> put_arguments(vm::SpaceId space, VirtAddr end) {
    const ArgumentList& list = kernel.exec.arguments;
    const VirtAddr texts(end.raw() - list.bytes().size());
    const auto views = list.views(texts);
    const Bytes table = std::as_bytes(std::span(views).first(list.count()));
    const VirtAddr start((texts.raw() - table.size()) & ~(STACK_ALIGNMENT - 1));
    TRY(copy_out(space, texts, list.bytes()));
    TRY(copy_out(space, start, table));
    return Start{start, start};
}

// The first registers of a program.
void set_registers(Process& process, VirtAddr entry, const Start& start) {
    TrapFrame& frame = *process.frame;
    frame.saved = {};
    frame.pc = LIBRARY_BASE;
    frame.x(reg::SP) = start.stack.raw();
    frame.x(reg::A0) = entry.raw();
    frame.x(reg::A1) = kernel.exec.arguments.count();
    frame.x(reg::A2) = start.views.raw();
}

// The name that a program goes by: the last part of its path.
std::string_view last_part(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

Result<void> exec_inode(Process& process, Files::Inode inode, std::string_view path) {
    const Image image = TRY(examine(inode, PROGRAMS, HEAP_OFFSET));
    const vm::SpaceId space = TRY(build_space(inode, image));
    const Result<Start> start = put_arguments(space, image.slot + STACK_END);
    if (!start) {
        give_up_space(space);
        return std::unexpected(start.error());
    }
    const vm::SpaceId old = std::exchange(process.space, space);
    const bool had_one = std::exchange(process.has_space, true);
    enter_space_of(process);
    if (had_one)
        give_up_space(old);
    set_registers(process, image.file.entry(), *start);
    kernel.system.execute(process.index(), last_part(path), inode);
    return {};
}

// The same, while nobody can write to the file: a process runs it from here on, or this fails.
Result<void> exec_unwritten(Process& process, Files::Inode inode, std::string_view path) {
    TRY(kernel.files.begin_use(inode, io::FileUse::running));
    Result<void> done = exec_inode(process, inode, path);
    if (!done)
        kernel.files.end_use(inode, io::FileUse::running);
    return done;
}

} // namespace

Result<void> exec_program(Process& process, std::string_view path) {
    const Files::Inode inode = TRY(kernel.system.find(process.index(), path));
    Result<void> done = exec_unwritten(process, inode, path);
    if (!done)
        kernel.files.release(inode);
    return done;
}

Result<void> find_library() {
    constexpr exec::Slots LIBRARY{VirtAddr(LIBRARY_BASE), SLOT_SIZE, 1};
    const Files::Inode root = kernel.files.root();
    kernel.exec.library = TRY(kernel.files.lookup("/lib/monolithic/library", root));
    kernel.exec.library_file = TRY(examine(kernel.exec.library, LIBRARY, SLOT_SIZE)).file;
    return kernel.files.begin_use(kernel.exec.library, io::FileUse::running);
}

Result<std::span<std::byte>> ArgumentList::add_room(std::uint64_t bytes) {
    if (count_ == sizes_.size() || bytes > bytes_.size() - used_)
        return std::unexpected(Error::too_large);
    const std::span<std::byte> room = std::span(bytes_).subspan(used_, bytes);
    sizes_[count_++] = static_cast<std::uint16_t>(bytes);
    used_ = static_cast<std::uint16_t>(used_ + bytes);
    return room;
}

Result<void> ArgumentList::add(std::string_view text) {
    const std::span<std::byte> room = TRY(add_room(text.size()));
    std::ranges::copy(std::as_bytes(std::span(text)), room.begin());
    return {};
}

std::array<abi::TextView, abi::ARGUMENT_COUNT> ArgumentList::views(VirtAddr start) const {
    std::array<abi::TextView, abi::ARGUMENT_COUNT> all{};
    for (std::size_t i = 0; i < count_; ++i) {
        all[i] = {start.raw(), sizes_[i]};
        start = start + sizes_[i];
    }
    return all;
}
