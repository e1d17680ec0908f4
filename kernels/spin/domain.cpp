// Loading, linking and protecting extensions.
// SPDX-License-Identifier: MIT
//
// Before: extension.cpp, with a file from the initial RAM disk. The linking itself is link/, which
// knows no page. Next: the extension's own first function, called from extension.cpp.
#include "domain.hpp"

#include "kernel.hpp"
#include "modules.hpp"

#include "arch/riscv/kernel_map.hpp"
#include "kernels/spin/link/check.hpp"
#include "kernels/spin/link/signature.hpp"
#include "services/exec/loader.hpp"

namespace {

using link::Part;

// Pages of the kernel's half, which all address spaces share. Until they are linked they are
// writable; code is never writable and executable at once.
struct ExtensionTarget {
    Result<PageBytes> fresh_page(Page page, Rights /*final ones: protect()*/) {
        const Frame frame = TRY(kernel.memory.take_zeroed(nullptr));
        KernelTables tables(nullptr);
        TRY(sv39::map(tables, kernel_root(), page, frame,
                      sv39::PteFlags::kernel(Rights::read_write())));
        return frame_bytes(frame);
    }
};

std::span<std::byte> bytes_at(VirtAddr start, std::uint64_t size) {
    return {reinterpret_cast<std::byte*>(start.raw()), size};
}

} // namespace

Domain Domain::create_from_module(std::string_view name, std::span<const link::Export> exports) {
    Domain domain;
    domain.name_ = Name(name);
    MUST(domain.offered_.add(link::Offer(exports))); // the first
    return domain;
}

Domain Domain::combine(std::string_view name, std::span<const Domain> members) {
    Domain domain;
    domain.name_ = Name(name);
    for (const Domain& member : members)
        for (const link::Offer& offer : member.offered_.all())
            MUST(domain.offered_.add(offer)); // the kernel's own modules are few
    return domain;
}

Result<void> Domain::Offers::add(const link::Offer& offer) {
    if (count == offers.size())
        return std::unexpected(Error::too_many);
    offers[count++] = offer;
    return {};
}

Result<void> Domain::create(std::string_view name, Bytes file, VirtAddr slot,
                            link::Complaint& complaint) {
    const Bytes object = TRY(link::verify_signature(file, complaint));
    object_ = TRY(link::Object::parse(object, complaint));
    complaint = {.what = "too large"};
    layout_ = TRY(link::Layout::of(object_, slot, EXTENSION_SLOT_SIZE));
    name_ = Name(name);
    slot_end_ = slot + EXTENSION_SLOT_SIZE;
    end_ = layout_.end();
    const Result<void> loaded = load();
    if (!loaded)
        unload(nullptr);
    return loaded;
}

Result<void> Domain::load() const {
    ExtensionTarget target;
    for (const Part part : link::PARTS) {
        const link::Section& section = object_.section(part);
        TRY(exec::load_segment(
            target, {layout_.start(part), section.bytes, section.contents, link::rights_of(part)}));
    }
    csr::fence_all();
    return {};
}

Result<void> Domain::resolve(const Domain& source, Domain& target) {
    if (source.is_extension())
        return target.used_.add(link::Offer(source.object_, source.layout_));
    for (const link::Offer& offer : source.offered_.all())
        TRY(target.used_.add(offer));
    return {};
}

bool Domain::imports_from(const Domain& source) const {
    for (std::size_t i = 0; i < used_.count; ++i)
        if ((linked_with_ >> i & 1) != 0 && used_.offers[i].is_of(source.object_))
            return true;
    return false;
}

Result<void> Domain::link(link::Complaint& complaint) {
    link::Memory memory;
    for (const Part part : link::PARTS)
        memory[index_of(part)] = bytes_at(layout_.start(part), object_.section(part).bytes);
    TRY(check(memory, complaint));
    TRY(link::relocate(object_, layout_, memory, used_.all(), linked_with_, complaint));
    return protect();
}

// What the check notes down stands behind the extension's pages, and is gone before it runs.
Result<void> Domain::check(const link::Memory& memory, link::Complaint& complaint) {
    complaint = {.what = "no memory to check it"};
    const VirtAddr start = end_;
    const std::uint64_t words = link::room_to_check(object_);
    const std::span<std::byte> room = TRY(add_pages(words * sizeof(std::uint64_t), nullptr));
    const std::span<std::uint64_t> zeroes(reinterpret_cast<std::uint64_t*>(room.data()), words);
    const Result<void> checked = link::check(object_, memory, all_exports(), zeroes, complaint);
    give_pages(start, nullptr);
    end_ = start;
    return checked;
}

// From here on code can be executed and not changed, constants only read.
Result<void> Domain::protect() const {
    KernelTables tables(nullptr);
    for (const Part part : link::PARTS) {
        const Page first = Page::containing(layout_.start(part));
        const std::uint64_t count = pages_to_hold(object_.section(part).bytes);
        for (Page page = first; page < first + count; page = page + 1)
            TRY(sv39::protect(tables, kernel_root(), page,
                              sv39::PteFlags::kernel(link::rights_of(part))));
    }
    csr::fence_all();
    csr::fence_instructions();
    return {};
}

Result<VirtAddr> Domain::find(std::string_view name, link::Complaint& complaint) const {
    const link::Symbol symbol = TRY(object_.find(name, complaint));
    return layout_.address_of(*symbol.part, symbol.value);
}

Result<void> Domain::add_page(Quota* payer) {
    const Frame frame = TRY(kernel.memory.take_zeroed(payer));
    KernelTables tables(nullptr);
    const Result<void> mapped = sv39::map(tables, kernel_root(), Page::containing(end_), frame,
                                          sv39::PteFlags::kernel(Rights::read_write()));
    if (mapped)
        end_ = end_ + PAGE_SIZE;
    else
        kernel.memory.give(frame, payer);
    return mapped;
}

Result<std::span<std::byte>> Domain::extend(std::uint64_t bytes, Quota& payer) {
    return add_pages(bytes, &payer);
}

Result<std::span<std::byte>> Domain::add_pages(std::uint64_t bytes, Quota* payer) {
    if (bytes > slot_end_ - end_)
        return std::unexpected(Error::no_memory);
    const VirtAddr start = end_;
    for (std::uint64_t pages = pages_to_hold(bytes); pages != 0; --pages)
        if (const Result<void> added = add_page(payer); !added) {
            give_pages(start, payer);
            end_ = start;
            return std::unexpected(added.error());
        }
    csr::fence_all();
    return bytes_at(start, bytes);
}

// Whatever stands from START on goes.
void Domain::give_pages(VirtAddr start, Quota* payer) const {
    KernelTables tables(nullptr);
    for (Page page = Page::containing(start); page.start() < end_; page = page + 1) {
        sv39::Pte* const entry = sv39::find_entry(tables, kernel_root(), page);
        if (entry == nullptr || !entry->is_valid())
            continue; // it came only so far
        const Frame frame = entry->frame();
        *entry = sv39::Pte();
        const bool is_image = page.start() < layout_.end();
        kernel.memory.give(frame, is_image ? nullptr : payer);
    }
    csr::fence_all();
}

void Domain::unload(Quota* payer) {
    give_pages(layout_.start(link::Part::text), payer);
    new (this) Domain(); // in its place: a domain is large for a stack
}

void share_extension_tables() {
    KernelTables tables(nullptr);
    const Page first = Page::containing(VirtAddr(EXTENSION_SLOTS));
    static_cast<void>(MUST(sv39::make_entry(tables, kernel_root(), first))); // memory is all free
}
