// A protection domain: a set of names, and the code and data behind them.
// SPDX-License-Identifier: MIT
//
// SPIN's Domain interface (SOSP'95, section 3.1), with its names: create makes a domain from an
// object file, create_from_module from what is linked into the kernel, resolve lets one domain use
// the names of another. A domain protects by what it can name: an extension runs in the kernel's
// address space, but no other name of the kernel's was ever put into its code.
#pragma once

#include "kernels/spin/link/relocate.hpp"

class Domain {
public:
    // Domain.CreateFromModule: offers EXPORTS.
    static Domain create_from_module(std::string_view name, std::span<const link::Export> exports);

    // Domain.Create: loads OBJECT at SLOT. Nothing of it can run before `resolve`. Errors of
    // link::Object::parse; no_memory.
    static Result<Domain> create(std::string_view name, Bytes object, VirtAddr slot,
                                 link::Complaint& complaint);

    // Domain.Resolve: patches the imports of TARGET with the exports of SOURCE, and makes its code
    // executable. All of them must be there: a union of sources (Combine) comes later. Errors of
    // link::relocate.
    static Result<void> resolve(const Domain& source, const Domain& target,
                                link::Complaint& complaint);

    // The address of the code or data that the object exports as NAME. not_found.
    Result<VirtAddr> find(std::string_view name, link::Complaint& complaint) const;

    // Its pages are the kernel's again. Nothing of it is called any more.
    void unload();

    std::string_view name() const { return name_; }
    // Whether ADDRESS lies in the extension's code.
    bool has_code_at(VirtAddr address) const {
        const VirtAddr start = layout_.start(link::Part::text);
        return address >= start &&
               address - start < pages_to_hold(object_.section(link::Part::text).bytes) * PAGE_SIZE;
    }

private:
    Result<void> load() const;
    Result<void> protect() const;

    std::string_view name_;
    std::span<const link::Export> exports_; // of a module
    link::Object object_;                   // of an extension
    link::Layout layout_;
};
