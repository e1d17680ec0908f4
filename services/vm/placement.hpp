// What virtual memory asks of whoever places it: frames, translations, a swap device, files.
// SPDX-License-Identifier: MIT
//
// The service holds all paging state itself; the machine's page tables are only a cache of it,
// reached through Translations (as Mach's machine-independent layer reaches a pmap). So it can
// stand in a kernel, in a server or in a library, where the tables belong to somebody else.
//
// A placement says what stands for each, in a header `vm_placement.hpp` on the include path of its
// copy of the service:
//   namespace vm { using Frames = ...; using Translations = ...; using Swap = ...;
//                  using Files = ...; }
// Objects of all four are members of vm::Memory, public, so that the placement can set them up.
// A placement without a swap device or files uses NoSwap and NoFiles (without.hpp).
#pragma once

#include "lib/fault.hpp"
#include "lib/memory.hpp"
#include "lib/result.hpp"
#include "services/io/file_use.hpp"
#include "services/vm/names.hpp"

#include <concepts>

namespace vm {

// The frames for pages. take: one with any contents; no_memory: none is free. Every index is below
// the number of frame records that the service was given. is_shared: somebody outside this
// vm::Memory uses FRAME, too (Memory::fork_out), so that it must not be stored to, and is not free
// when it is given back. That can only begin by an act of this Memory's owner; it may end at any
// time.
template <class F>
concept FrameSource = requires(F& frames, const F& constant, FrameIndex frame) {
    { frames.take() } -> std::same_as<Result<FrameIndex>>;
    { frames.give(frame) } -> std::same_as<void>;
    { frames.bytes(frame) } -> std::same_as<PageBytes>;
    { constant.free_count() } -> std::same_as<std::uint64_t>;
    { constant.is_shared(frame) } -> std::same_as<bool>;
};

// The translations that the machine knows. A page without one is as good as any: unmap and protect
// then do nothing and report no usage.
//   map: no_memory, for a table. Only fork calls it; after a fault the kernel's fault_install maps.
//   protect: keeps the usage, and returns it.
//   settle: what was changed before is in force (TLB included) when it returns.
// A placement may put changes in force one by one, or collect them: at the latest settle does it,
// or the fault_install that ends a fault, also one that fails; and, where a program can run while
// the service waits, the placement by itself before each transfer of its Swap and Files. Until then
// a frame that was given back may be mapped still. settle is the last act of every operation that
// changed translations, and of a stage of a fault that fails; nobody else calls it.
//
// accessed and dirty may say more than is true (a placement that cannot tell, or not yet, says
// both), never less. But a translation that never let the program write is not dirty: there may be
// no slot for its page, and no right to write its file. What clear_accessed has cleared is not
// accessed until it is accessed again.
template <class T>
concept TranslationCache = requires(T& translations, SpaceId space, Page page, FrameIndex frame,
                                    Rights rights) {
    { translations.map(space, page, frame, rights) } -> std::same_as<Result<void>>;
    { translations.unmap(space, page) } -> std::same_as<Usage>;
    { translations.protect(space, page, rights) } -> std::same_as<Usage>;
    { translations.usage(space, page) } -> std::same_as<Usage>;
    { translations.clear_accessed(space, page) } -> std::same_as<void>;
    { translations.settle() } -> std::same_as<void>;
};

// Where pages go that have no file behind them. Slots 0 .. slots() - 1. May wait. input_output.
template <class S>
concept SwapDevice = requires(S& swap, const S& constant, SwapSlot slot, PageBytes page) {
    { constant.slots() } -> std::same_as<std::uint64_t>;
    { swap.read(slot, page) } -> std::same_as<Result<void>>;
    { swap.write(slot, page) } -> std::same_as<Result<void>>;
};

// The files behind mappings. INDEX counts a file's pages from its start; COUNT (1 .. PAGE_SIZE) is
// how many bytes of that page are wanted or meant: read_page fills these and zeroes the rest,
// write_page writes these and leaves the file's size alone. has_page: whether any byte of the file
// lies there now. claim_page, before a page is changed for the first time, sees to it that it can
// be written: no_space is told then, or nobody can be told. May wait. input_output. A file is held
// once for every region that it is behind, and for what the region may do to it: no file is run
// that a mapping can change.
template <class F>
concept FileSource = requires(F& files, FileId file, std::uint64_t index, std::uint64_t count,
                              PageBytes page, io::FileUse use) {
    { files.has_page(file, index) } -> std::same_as<Result<bool>>;
    { files.read_page(file, index, count, page) } -> std::same_as<Result<void>>;
    { files.write_page(file, index, count, page) } -> std::same_as<Result<void>>;
    { files.claim_page(file, index) } -> std::same_as<Result<void>>;
    { files.hold(file, use) } -> std::same_as<void>;
    { files.release(file, use) } -> std::same_as<void>;
};

} // namespace vm

#include "vm_placement.hpp"

static_assert(vm::FrameSource<vm::Frames>);
static_assert(vm::TranslationCache<vm::Translations>);
static_assert(vm::SwapDevice<vm::Swap>);
static_assert(vm::FileSource<vm::Files>);
