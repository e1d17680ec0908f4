// Requests about names: lookup, create, link, unlink.
// SPDX-License-Identifier: MIT
//
// Before: requests.cpp. Next: services/fs/names.hpp. A path is the request's window, and is read
// into memory of this server's before anything is done.
#include "kernels/micro/servers/files/requests.hpp"

namespace {

constinit std::array<char, 2 * fs::PATH_BYTES> text{}; // one path, or two

// REQUEST's window, until the next one is read. too_large.
Result<std::string_view> text_of(const Received& request) {
    const std::uint64_t bytes = request.message.words[4];
    if (bytes > text.size())
        return std::unexpected(Error::too_large);
    const auto room = std::span(text).first(bytes);
    TRY(micro::copy_from_user({request.token}, VirtAddr(0), std::as_writable_bytes(room)));
    return std::string_view(room.data(), room.size());
}

} // namespace

Answer lookup(const Received& request) {
    return named(server.files.lookup(TRY(text_of(request)), inode_of(request)));
}

Answer create(const Received& request) {
    const auto kind = files::NewFile::of_word(request.message.words[1]);
    return named(server.files.create(TRY(text_of(request)), inode_of(request), kind.type,
                                     kind.major, kind.minor));
}

Answer make_directory(const Received& request) {
    return done(server.files.make_directory(TRY(text_of(request)), inode_of(request)));
}

Answer link(const Received& request) {
    const std::string_view both = TRY(text_of(request));
    const std::uint64_t first = request.message.words[1];
    if (first > both.size())
        return std::unexpected(Error::invalid);
    return done(server.files.link(both.substr(0, first), both.substr(first), inode_of(request)));
}

Answer unlink(const Received& request) {
    return done(server.files.unlink(TRY(text_of(request)), inode_of(request)));
}
