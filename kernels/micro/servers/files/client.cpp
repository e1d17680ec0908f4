// The stubs by which other servers ask the file server.
// SPDX-License-Identifier: MIT
//
// Before: services/unix and services/calls in the UNIX server; the pager's files and swap. Next:
// serve in requests.cpp, in the file server.
#include "kernels/micro/servers/files/client.hpp"

#include "kernels/micro/library/objects.hpp"

#include "lib/bytes.hpp"

#include <algorithm>
#include <bit>

namespace files {

namespace {

using micro::Message;

constexpr std::uint64_t READABLE = abi::micro::READABLE;
constexpr std::uint64_t WRITABLE = abi::micro::WRITABLE;

// What a refusal means in the words of a file system. Of already_mapped and exists, which have one
// number, it knows one.
Error error_of_files(Error error) {
    if (error == Error::no_process)
        return Error::input_output;
    return error == Error::already_mapped ? Error::exists : error;
}

Result<Message> ask(micro::CapSlot server, const Message& request, std::uint64_t flags = 0) {
    const Message answer = micro::call(server, request, flags);
    const Result<std::uint64_t> done = micro::to_result(answer.label);
    if (!done)
        return std::unexpected(error_of_files(done.error()));
    return answer;
}

Result<void> carry_out(micro::CapSlot server, const Message& request, std::uint64_t flags = 0) {
    TRY(ask(server, request, flags));
    return {};
}

// PATH is read where it stands.
Message with_path(std::uint64_t label, Inode directory, std::uint64_t word, std::string_view path) {
    return {label, {directory.index(), word, 0, micro::address_of(path.data()), path.size()}};
}

Message with_page(std::uint64_t label, Inode inode, std::uint64_t index, std::uint64_t count,
                  PageBytes page) {
    return {label, {inode.index(), index, count, micro::address_of(page.data()), page.size()}};
}

// COUNT bytes of what END's owner has there. FLAGS: what the file server may do with them. An error
// only when none was moved; bad_address: the piece would wrap around, where no program has memory.
Result<std::uint64_t> pass_on(micro::CapSlot server, const Message& request, std::uint64_t count,
                              micro::CallerMemory& end, std::uint64_t flags) {
    const std::uint64_t inode = request.words[0];
    const std::uint64_t offset = request.words[1];
    const std::uint64_t place = end.place().raw();
    if (count > ~place)
        return std::unexpected(Error::bad_address);
    const Message answer =
        TRY(ask(server, {request.label, {inode, offset, end.token(), place, count}},
                flags | abi::micro::PASSED_ON));
    const std::uint64_t moved = answer.words[0];
    end.note_moved(moved);
    if (answer.words[1] == IS_STOPPED) {
        end.note_stopped();
        if (moved == 0)
            return std::unexpected(Error::not_mapped);
    }
    return moved;
}

} // namespace

Inode Client::root() {
    const Result<Message> answer = ask(server_, {label::ROOT, {}});
    return answer ? Inode(answer->words[0]) : Inode();
}
Result<Inode> Client::lookup(std::string_view path, Inode directory) {
    return Inode(
        TRY(ask(server_, with_path(label::LOOKUP, directory, 0, path), READABLE)).words[0]);
}
void Client::hold(Inode inode) { static_cast<void>(ask(server_, {label::HOLD, {inode.index()}})); }
void Client::release(Inode inode) {
    static_cast<void>(ask(server_, {label::RELEASE, {inode.index()}}));
}
Result<void> Client::begin_use(Inode inode, io::FileUse use) {
    return carry_out(server_, {label::BEGIN_USE, {inode.index(), static_cast<std::uint64_t>(use)}});
}
void Client::end_use(Inode inode, io::FileUse use) {
    static_cast<void>(
        ask(server_, {label::END_USE, {inode.index(), static_cast<std::uint64_t>(use)}}));
}
Result<abi::Stat> Client::stat(Inode inode) {
    const Message answer = TRY(ask(server_, {label::STAT, {inode.index()}}));
    const auto& words = answer.words;
    return std::bit_cast<abi::Stat>(std::array{words[0], words[1], words[2], words[3]});
}

Result<std::uint64_t> Client::read_into(Inode inode, std::uint64_t offset, std::uint64_t count,
                                        micro::CallerDestination& destination) {
    return pass_on(server_, {label::READ, {inode.index(), offset}}, count, destination, WRITABLE);
}
Result<std::uint64_t> Client::read_into(Inode inode, std::uint64_t offset, std::uint64_t count,
                                        io::BufferDestination& destination) {
    std::uint64_t done = 0;
    while (done < count) {
        const std::uint64_t wanted = std::min<std::uint64_t>(count - done, buffer_.size());
        const Result<Message> answer =
            ask(server_,
                {label::READ,
                 {inode.index(), offset + done, 0, micro::address_of(buffer_.data()), wanted}},
                WRITABLE);
        if (!answer && done != 0)
            break;
        const std::uint64_t got = TRY(answer).words[0];
        TRY(destination.put(Bytes(buffer_).first(got)));
        done += got;
        if (got != wanted)
            break;
    }
    return done;
}
Result<std::uint64_t> Client::write_from(Inode inode, std::uint64_t offset, std::uint64_t count,
                                         micro::CallerSource& source) {
    return pass_on(server_, {label::WRITE, {inode.index(), offset}}, count, source, READABLE);
}
Result<std::uint64_t> Client::append_from(Inode inode, std::uint64_t count,
                                          micro::CallerSource& source) {
    return pass_on(server_, {label::APPEND, {inode.index()}}, count, source, READABLE);
}
Result<void> Client::truncate(Inode inode, std::uint64_t size) {
    return carry_out(server_, {label::TRUNCATE, {inode.index(), size}});
}

Result<Inode> Client::create(std::string_view path, Inode directory, abi::FileType type,
                             std::uint16_t major, std::uint16_t minor) {
    const std::uint64_t made = NewFile{type, major, minor}.to_word();
    return Inode(
        TRY(ask(server_, with_path(label::CREATE, directory, made, path), READABLE)).words[0]);
}
Result<void> Client::make_directory(std::string_view path, Inode directory) {
    return carry_out(server_, with_path(label::MAKE_DIRECTORY, directory, 0, path), READABLE);
}
Result<void> Client::link(std::string_view existing, std::string_view path, Inode directory) {
    static_assert(2 * abi::PATH_BYTES <= PAGE_SIZE); // buffer_
    if (existing.size() > abi::PATH_BYTES || path.size() > abi::PATH_BYTES)
        return std::unexpected(Error::too_large);
    const auto both = std::span(buffer_).first(existing.size() + path.size());
    copy_bytes(both, std::as_bytes(std::span(existing)));
    copy_bytes(both.subspan(existing.size()), std::as_bytes(std::span(path)));
    return carry_out(
        server_,
        {label::LINK,
         {directory.index(), existing.size(), 0, micro::address_of(both.data()), both.size()}},
        READABLE);
}
Result<void> Client::unlink(std::string_view path, Inode directory) {
    return carry_out(server_, with_path(label::UNLINK, directory, 0, path), READABLE);
}

Result<void> Client::sync() { return carry_out(server_, {label::SYNC, {}}); }
Result<void> Client::checkpoint() { return carry_out(server_, {label::CHECKPOINT, {}}); }
Counts Client::counts() const {
    const Result<Message> answer = ask(server_, {label::COUNTS, {}});
    if (!answer)
        return {};
    const auto& words = answer->words;
    return {words[0], words[1], words[2], words[3]};
}

Result<bool> Client::has_page(Inode inode, std::uint64_t index) {
    return TRY(ask(server_, {label::HAS_PAGE, {inode.index(), index}})).words[0] != 0;
}
Result<void> Client::read_page(Inode inode, std::uint64_t index, std::uint64_t count,
                               PageBytes page) {
    return carry_out(server_, with_page(label::READ_PAGE, inode, index, count, page), WRITABLE);
}
Result<void> Client::write_page(Inode inode, std::uint64_t index, std::uint64_t count,
                                PageBytes page) {
    return carry_out(server_, with_page(label::WRITE_PAGE, inode, index, count, page), READABLE);
}
Result<void> Client::claim_page(Inode inode, std::uint64_t index) {
    return carry_out(server_, {label::CLAIM_PAGE, {inode.index(), index}});
}

Result<SwapArea> Client::swap_area() {
    const Message answer = TRY(ask(server_, {label::SWAP_AREA, {}}));
    return SwapArea{answer.words[0], answer.words[1]};
}
void Client::start_over() { static_cast<void>(ask(server_, {label::RELEASE_ALL, {}})); }

} // namespace files
