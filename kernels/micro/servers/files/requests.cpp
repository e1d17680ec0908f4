// Which request is whose, and what concerns inodes and the whole file system.
// SPDX-License-Identifier: MIT
//
// Before: the loop in files.cpp. Next: names.cpp and contents.cpp for the other requests, and
// services/fs.
#include "kernels/micro/servers/files/requests.hpp"

#include <bit>

namespace {

namespace label = files::label;

// OverFs insists on it that what is held once more is held, and panics.
Answer hold(const Received& request) { return done(server.file_system.hold(inode_of(request))); }

Answer release(const Received& request) {
    server.files.release(inode_of(request)); // one that nobody holds is left alone
    return Message{};
}

Result<io::FileUse> use_of(const Received& request) {
    const std::uint64_t use = request.message.words[1];
    if (use > static_cast<std::uint64_t>(io::FileUse::running))
        return std::unexpected(Error::invalid);
    return static_cast<io::FileUse>(use);
}

Answer begin_use(const Received& request) {
    return done(server.files.begin_use(inode_of(request), TRY(use_of(request))));
}

Answer end_use(const Received& request) {
    const fs::InodeRef inode = inode_of(request);
    TRY(server.file_system.number(inode)); // invalid: nobody holds it
    server.files.end_use(inode, TRY(use_of(request)));
    return Message{};
}

Answer stat(const Received& request) {
    const abi::Stat stat = TRY(server.files.stat(inode_of(request)));
    const auto words = std::bit_cast<std::array<std::uint64_t, 4>>(stat);
    return Message{DONE, {words[0], words[1], words[2], words[3]}};
}

Answer counts() {
    const fs::Counts now = server.files.counts();
    return Message{DONE, {now.free_blocks, now.free_inodes, now.inodes_in_use, now.dirty_blocks}};
}

Answer swap_area() {
    const fs::Layout& layout = server.file_system.layout();
    const std::uint64_t blocks = server.disk.is_read_only() ? 0 : layout.swap_blocks;
    return Message{DONE, {layout.swap_first, blocks}};
}

Answer release_all() {
    server.files.release_all();
    return Message{};
}

Answer carry_out(const Received& request) {
    switch (request.message.label) {
    case label::ROOT:
        return named(server.files.root());
    case label::LOOKUP:
        return lookup(request);
    case label::HOLD:
        return hold(request);
    case label::RELEASE:
        return release(request);
    case label::BEGIN_USE:
        return begin_use(request);
    case label::END_USE:
        return end_use(request);
    case label::STAT:
        return stat(request);
    case label::READ:
        return read(request);
    case label::WRITE:
        return write(request);
    case label::APPEND:
        return append(request);
    case label::TRUNCATE:
        return truncate(request);
    case label::CREATE:
        return create(request);
    case label::MAKE_DIRECTORY:
        return make_directory(request);
    case label::LINK:
        return link(request);
    case label::UNLINK:
        return unlink(request);
    case label::SYNC:
        return done(server.files.sync());
    case label::CHECKPOINT:
        return done(server.files.checkpoint());
    case label::COUNTS:
        return counts();
    case label::HAS_PAGE:
        return has_page(request);
    case label::READ_PAGE:
        return read_page(request);
    case label::WRITE_PAGE:
        return write_page(request);
    case label::CLAIM_PAGE:
        return claim_page(request);
    case label::SWAP_AREA:
        return swap_area();
    case label::RELEASE_ALL:
        return release_all();
    default:
        return std::unexpected(Error::invalid);
    }
}

} // namespace

Message serve(const Received& request) {
    if (!server.is_mounted)
        return micro::refusal(Error::input_output);
    const Answer answer = carry_out(request);
    return answer ? *answer : micro::refusal(answer.error());
}
