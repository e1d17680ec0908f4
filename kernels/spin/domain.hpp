// A protection domain: a set of names, and the code and data behind them.
// SPDX-License-Identifier: MIT
//
// SPIN's Domain interface (SOSP'95, section 3.1), with its names: create makes a domain from an
// object file, create_from_module from what is linked into the kernel, combine one from several,
// resolve lets one domain use the names of another. A domain protects by what it can name: an
// extension runs in the kernel's address space, but no other name of the kernel's was ever put into
// its code.
#pragma once

#include "name.hpp"

#include "kernels/spin/link/relocate.hpp"

class Quota;

class Domain {
public:
    // Domain.CreateFromModule: offers EXPORTS.
    static Domain create_from_module(std::string_view name, std::span<const link::Export> exports);

    // Domain.Create, of one that is empty still: loads the signed object in FILE at SLOT. Nothing
    // of it can run before `link`. Errors of link::verify_signature and link::Object::parse;
    // no_memory.
    Result<void> create(std::string_view name, Bytes file, VirtAddr slot,
                        link::Complaint& complaint);

    // Domain.Combine: offers what MEMBERS offer, at most MOST_OFFERS modules.
    static Domain combine(std::string_view name, std::span<const Domain> members);

    // Domain.Resolve: TARGET may use what SOURCE offers; where two offer a name, the first one's is
    // used. Two extensions may use each other's. too_many.
    static Result<void> resolve(const Domain& source, Domain& target);

    // Checks the object, whoever made it, patches all imports, once, and makes the code executable.
    // Errors of link::check and link::relocate; no_memory.
    Result<void> link(link::Complaint& complaint);
    // Whether some of them were found in SOURCE, an extension.
    bool imports_from(const Domain& source) const;

    // The address of the code or data that the object exports as NAME. not_found.
    Result<VirtAddr> find(std::string_view name, link::Complaint& complaint) const;

    // BYTES bytes more behind its pages, zeroed; PAYER pays. no_memory:
    // the slot is full, too.
    Result<std::span<std::byte>> extend(std::uint64_t bytes, Quota& payer);

    // Its pages are the kernel's again. Nothing of it is called any more. PAYER: of what `extend`
    // added.
    void unload(Quota* payer);

    std::string_view name() const { return name_.view(); }
    // Whether ADDRESS lies in the extension's code.
    bool has_code_at(VirtAddr address) const {
        const VirtAddr start = layout_.start(link::Part::text);
        return address >= start &&
               address - start < pages_to_hold(object_.section(link::Part::text).bytes) * PAGE_SIZE;
    }

private:
    Result<void> load() const;
    Result<void> check(const link::Memory& memory, link::Complaint& complaint);
    Result<void> protect() const;
    Result<std::span<std::byte>> add_pages(std::uint64_t bytes, Quota* payer);
    Result<void> add_page(Quota* payer);
    void give_pages(VirtAddr start, Quota* payer) const;

    static constexpr std::size_t MOST_OFFERS = 20; // the modules, and all other extensions
    struct Offers {
        std::array<link::Offer, MOST_OFFERS> offers{};
        std::size_t count = 0;

        Result<void> add(const link::Offer& offer);
        std::span<const link::Offer> all() const { return std::span(offers).first(count); }
    };

    bool is_extension() const { return layout_.end() != VirtAddr(); }

    Name name_;
    Offers offered_;                   // by a module, or several
    Offers used_;                      // by an extension
    link::UsedOffers linked_with_ = 0; // of these, those that had an import of its
    link::Object object_;
    link::Layout layout_;
    VirtAddr slot_end_;
    VirtAddr end_; // of its pages
};

// Makes the tables above all extensions' slots, before the first address space shares them.
void share_extension_tables();
