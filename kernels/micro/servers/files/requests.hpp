// What the file server is asked, one function a label: decode, ask services/fs, answer.
// SPDX-License-Identifier: MIT
//
// Before: requests.cpp, whose switch knows them all. An index that a client names for an inode is
// not believed: services/fs refuses one that nobody holds (invalid). But clients trust each other:
// any of them can release what another one holds.
#pragma once

#include "kernels/micro/servers/files/client.hpp"
#include "kernels/micro/servers/files/server.hpp"

using abi::micro::label::DONE;
using micro::Message;
using micro::Received;
using Answer = Result<Message>; // an error is a refusal

// An index that none has stays one.
inline fs::InodeRef inode_of(std::uint64_t index) {
    return index < fs::Slot::NONE ? fs::InodeRef(static_cast<std::uint32_t>(index))
                                  : fs::InodeRef();
}
// Most requests name their file, or the directory that a path begins in, by word 0.
inline fs::InodeRef inode_of(const Received& request) { return inode_of(request.message.words[0]); }

inline Answer done(const Result<void>& result) {
    TRY(result);
    return Message{};
}
inline Answer named(const Result<fs::InodeRef>& inode) {
    return Message{DONE, {TRY(inode).index()}};
}

// In names.cpp.
Answer lookup(const Received& request);
Answer create(const Received& request);
Answer make_directory(const Received& request);
Answer link(const Received& request);
Answer unlink(const Received& request);

// In contents.cpp.
Answer read(const Received& request);
Answer write(const Received& request);
Answer append(const Received& request);
Answer truncate(const Received& request);
Answer has_page(const Received& request);
Answer read_page(const Received& request);
Answer write_page(const Received& request);
Answer claim_page(const Received& request);
