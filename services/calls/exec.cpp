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

Result<exec::Start> exec_inode(Caller& caller, Inode inode, std::string_view path) {
    const Head head = TRY(read_head(inode));
    const exec::Image image =
        TRY(exec::examine_program(head.bytes, head.size, vm::FileId(inode.index())));
    const vm::SpaceId space = TRY(build_space(image));
    Result<exec::Start> start = put_arguments(space, image);
    if (!start) {
        world::memory.destroy(space);
        return start;
    }
    const std::optional<vm::SpaceId> old = caller.space;
    world::threads.enter(caller, space, *start);
    if (old)
        world::memory.destroy(*old);
    world::system.execute(caller.index(), exec::last_part(path), inode);
    return start;
}

// The same, while nobody can write to the file: a process runs it from here on, or this fails.
Result<exec::Start> exec_unwritten(Caller& caller, Inode inode, std::string_view path) {
    TRY(world::files.begin_use(inode, io::FileUse::running));
    Result<exec::Start> done = exec_inode(caller, inode, path);
    if (!done)
        world::files.end_use(inode, io::FileUse::running);
    return done;
}

} // namespace

Result<exec::Start> exec_program(Caller& caller, std::string_view path) {
    const Inode inode = TRY(world::system.find(caller.index(), path));
    Result<exec::Start> done = exec_unwritten(caller, inode, path);
    if (!done)
        world::files.release(inode);
    return done;
}

Result<void> find_library() {
    const Inode inode = TRY(world::files.lookup(world::LIBRARY, world::files.root()));
    const Head head = TRY(read_head(inode));
    world::exec.system_library =
        TRY(exec::examine_library(head.bytes, head.size, vm::FileId(inode.index())));
    return world::files.begin_use(inode, io::FileUse::running);
}

// In the new program a0 is what its start says.
Answer exec(Caller& caller, Request request) {
    if (world::exec.is_busy)
        return world::system.must_wait(caller.index(), unix::Event::exec_over());
    Path path{};
    const std::string_view name = TRY(path.read(caller, request.argument(0), request.argument(1)));
    const Alone alone{};
    TRY(read_arguments(caller, request.argument(2), request.argument(3)));
    return Answer::of(TRY(exec_program(caller, name)).a0);
}

} // namespace call
