// Requests about contents: transfers, and whole pages for mappings.
// SPDX-License-Identifier: MIT
//
// Before: requests.cpp. Next: services/fs/contents.hpp. The bytes are the request's window, which
// may be a program's, passed on by UNIX; they are copied once, from or to the cache.
#include "kernels/micro/servers/files/requests.hpp"

namespace {

// A transfer moved BYTES between a file and END. That a page of the window's was missing is no
// refusal, for a refusal could not be told from one of the kernel's, which has no second word.
Answer moved(const Result<std::uint64_t>& bytes, const micro::CallerMemory& end) {
    if (end.stopped())
        return Message{DONE, {bytes.value_or(0), files::IS_STOPPED}};
    return Message{DONE, {TRY(bytes)}};
}

// COUNT bytes of a page, or all, and the window is a page.
Result<void> check_page(const Received& request) {
    const auto [inode, index, count, place, bytes] = request.message.words;
    if (bytes != PAGE_SIZE || count > PAGE_SIZE)
        return std::unexpected(Error::invalid);
    return {};
}

} // namespace

Answer read(const Received& request) {
    const auto [index, offset, unused, place, bytes] = request.message.words;
    micro::CallerDestination destination(request.token, VirtAddr(0));
    return moved(server.files.read(inode_of(index), offset, bytes, destination), destination);
}

Answer write(const Received& request) {
    const auto [index, offset, unused, place, bytes] = request.message.words;
    micro::CallerSource source(request.token, VirtAddr(0));
    return moved(server.files.write(inode_of(index), offset, bytes, source), source);
}

Answer append(const Received& request) {
    micro::CallerSource source(request.token, VirtAddr(0));
    return moved(server.files.append(inode_of(request), request.message.words[4], source), source);
}

Answer truncate(const Received& request) {
    return done(server.files.truncate(inode_of(request), request.message.words[1]));
}

Answer has_page(const Received& request) {
    const bool has = TRY(server.files.has_page(inode_of(request), request.message.words[1]));
    return Message{DONE, {has ? 1ULL : 0ULL}};
}

// Straight from the cache to the client's page: a page of a file lies in one block, so it is read
// by one piece or not at all, and what is missing of it is zeroes.
Answer read_page(const Received& request) {
    TRY(check_page(request));
    const auto [inode, index, count, place, bytes] = request.message.words;
    const std::uint64_t start =
        index < fs::FILE_BLOCKS_LIMIT ? index * fs::BLOCK_SIZE : fs::FILE_BYTES_LIMIT;
    micro::CallerDestination page(request.token, VirtAddr(0));
    const std::uint64_t there = TRY(server.files.read(inode_of(inode), start, count, page));
    return done(page.put(Bytes(fs::ZEROES).first(PAGE_SIZE - there)));
}

// By way of memory of this server's: how much of the page counts is the file's to say.
Answer write_page(const Received& request) {
    alignas(std::uint64_t) static constinit std::array<std::byte, PAGE_SIZE> page{};
    TRY(check_page(request));
    const auto [inode, index, count, place, bytes] = request.message.words;
    TRY(micro::copy_from_user({request.token}, VirtAddr(0), page));
    return done(server.files.write_page(inode_of(inode), index, count, page));
}

Answer claim_page(const Received& request) {
    return done(server.files.claim_page(inode_of(request), request.message.words[1]));
}
