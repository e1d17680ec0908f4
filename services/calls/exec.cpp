// exec: a file becomes the regions of a new address space, and the caller's thread goes over to it.
// SPDX-License-Identifier: MIT
//
// Nothing of the file is loaded here: its segments become regions, and pages come with the faults
// that ask for them. The process keeps its old space until the new one is complete, so that a
// failure leaves it as it was. Before: serve.hpp; start_first_process. Next: the program's start in
// the system library.
#include "services/calls/bytes.hpp"
#include "services/calls/calls.hpp"
#include "services/calls/lives.hpp"
#include "services/io/buffer.hpp"

namespace call {

namespace {

using Inode = world::Files::Inode;

// Nobody else is in an exec from here to the end of the block.
class [[nodiscard]] Alone {
public:
    Alone() { world::exec.is_busy = true; }
    ~Alone() {
        world::exec.is_busy = false;
        world::wake(unix::Event::exec_over());
    }
    Alone(const Alone&) = delete;
    Alone& operator=(const Alone&) = delete;
};

// Fetches the texts whose views lie at ADDRESS. As copy_in; too_large.
Result<void> read_arguments(const Caller& caller, std::uint64_t address, std::uint64_t count) {
    exec::Arguments& list = world::exec.arguments;
    list.clear();
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::uint64_t place = address + i * sizeof(abi::TextView);
        const auto view = TRY(read_in<abi::TextView>(caller, place));
        const auto room = TRY(list.add_room(view.bytes));
        TRY(copy_in(caller, VirtAddr(view.address), room));
    }
    return {};
}

// A file's first bytes, and its size.
struct Head {
    Bytes bytes;
    std::uint64_t size;
};

// is_directory; not_permitted: a device; what the file system says.
Result<Head> read_head(Inode inode) {
    const abi::Stat stat = TRY(world::files.stat(inode));
    if (stat.type == abi::FileType::directory)
        return std::unexpected(Error::is_directory);
    if (stat.type != abi::FileType::file)
        return std::unexpected(Error::not_permitted);
    const std::span<std::byte> room(world::exec.head);
    io::BufferDestination head(room);
    const std::uint64_t count = TRY(world::files.read(inode, 0, room.size(), head));
    return Head{room.first(count), stat.size};
}

// A function of its own, for the room that a layout takes on the stack.
[[gnu::noinline]] Result<vm::SpaceId> build_space(const exec::Image& image) {
    const exec::Layout layout(image, world::exec.system_library);
    return world::memory.create(layout.regions(), layout.heap());
}

// Puts the arguments on the stack of SPACE's program, whose image is IMAGE.
Result<exec::Start> put_arguments(vm::SpaceId space, const exec::Image& image) {
    const exec::Arguments& list = world::exec.arguments;
    const exec::Arguments::Place place = list.below(image.slot + STACK_END);
    const auto views = list.views(place.texts);
    TRY(world::memory.put(space, place.texts, list.bytes()));
    // The head has served; its room is free.
    const std::span<std::byte> raw(world::exec.head);
    for (std::size_t i = 0; i < list.count(); ++i)
        TRY(store(raw, i * sizeof(abi::TextView), views[i]));
    TRY(world::memory.put(space, place.views,
                          Bytes(raw).first(list.count() * sizeof(abi::TextView))));
    return exec::start_of(image, list, place);
}

// INODE, held, holds the library, and is not written to any more.
Result<void> use_library(Inode inode) {
    const Head head = TRY(read_head(inode));
    const exec::Image image =
        TRY(exec::examine_library(head.bytes, head.size, vm::FileId(inode.index())));
    TRY(world::files.begin_use(inode, io::FileUse::running));
    world::exec.system_library = image;
    return {};
}

// INODE is held and in use for running.
Result<Prepared> prepare_unwritten(Inode inode) {
    const Head head = TRY(read_head(inode));
    const exec::Image image =
        TRY(exec::examine_program(head.bytes, head.size, vm::FileId(inode.index())));
    const vm::SpaceId space = TRY(build_space(image));
    const Result<exec::Start> start = put_arguments(space, image);
    if (!start) {
        world::memory.destroy(space);
        return std::unexpected(start.error());
    }
    return Prepared{inode, space, *start};
}

// INODE is held. From here on nobody can write to the file: a process runs it, or this fails.
Result<Prepared> prepare_inode(Inode inode) {
    TRY(world::files.begin_use(inode, io::FileUse::running));
    Result<Prepared> program = prepare_unwritten(inode);
    if (!program)
        world::files.end_use(inode, io::FileUse::running);
    return program;
}

} // namespace

Result<Prepared> prepare_program(unix::ProcessIndex process, std::string_view path) {
    const Inode inode = TRY(world::system.find(process, path));
    Result<Prepared> program = prepare_inode(inode);
    if (!program)
        world::files.release(inode);
    return program;
}

void discard_program(const Prepared& program) {
    world::memory.destroy(program.space);
    world::files.end_use(program.inode, io::FileUse::running);
    world::files.release(program.inode);
}

// Nothing here can fail. UNIX names the program first, so that its thread enters by that name.
void enter_program(Caller& caller, std::string_view path, const Prepared& program) {
    const std::optional<vm::SpaceId> old = caller.space;
    world::system.execute(caller.index(), exec::last_part(path), program.inode);
    world::threads.enter(caller, program.space, program.start);
    if (old)
        world::memory.destroy(*old);
}

Result<void> find_library() {
    const Inode root = world::files.root();
    const Result<Inode> inode = world::files.lookup(world::LIBRARY, root);
    world::files.release(root);
    const Result<void> used = use_library(TRY(inode));
    if (!used)
        world::files.release(*inode);
    return used;
}

// In the new program a0 is what its start says.
Answer exec(Caller& caller, Request request) {
    if (world::exec.is_busy)
        return world::system.must_wait(caller.index(), unix::Event::exec_over());
    Path path{};
    const std::string_view name = TRY(path.read(caller, request.argument(0), request.argument(1)));
    const Alone alone{};
    TRY(read_arguments(caller, request.argument(2), request.argument(3)));
    const Prepared program = TRY(prepare_program(caller.index(), name));
    enter_program(caller, name, program);
    return Answer::of(program.start.a0);
}

} // namespace call
