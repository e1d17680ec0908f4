// Domain: loading, binding and unloading extensions, for one that is trusted with it.
// SPDX-License-Identifier: MIT
//
// What such an extension sees of ../modules.cpp and ../extension.cpp. It is no part of SpinPublic:
// the kernel binds it to what the boot word `loader=` names. Names beside SPIN's (SOSP'95, 3.1):
//   spin::DomainReference   Domain.T
//   domain_create           Domain.Create
//   domain_resolve          Domain.Resolve
//   domain_find             - (SPIN has a name server)
//   domain_spin_public      SpinPublic
#pragma once

#include "kernels/spin/interface/reference.hpp"
#include "lib/result.hpp"

#include <cstddef>
#include <span>
#include <string_view>

struct Extension; // the kernel's

namespace spin {

// The right to an extension's names, and to its end.
class DomainReference final : public Reference {
public:
    constexpr DomainReference() = default; // names none

private:
    friend struct ::Extension;
    using Reference::Reference;
};

// What there is, for whoever looks whether something was lost.
struct Census {
    std::uint64_t free_frames;        // of extensions
    std::uint64_t free_kernel_frames; // of the kernel
    std::uint64_t strands;
    std::uint64_t spaces;
    std::uint64_t handlers;
    std::uint64_t domains;
};

} // namespace spin

extern "C" {

// The object FILE of the initial RAM disk's lib/spin. not_found.
Result<std::span<const std::byte>> domain_find_object(std::string_view file);

// An extension from OBJECT, which domain_find_object found and which is not linked yet. Of a NAME
// longer than 31 bytes the kernel keeps the beginning.
// invalid: it is no part of the RAM disk; too_many; no_memory; malformed; not_permitted.
Result<spin::DomainReference> domain_create(std::string_view name,
                                            std::span<const std::byte> object);

// The extension that is there under NAME. not_found.
Result<spin::DomainReference> domain_find(std::string_view name);

// Combine of all modules that any extension may import from.
spin::DomainReference domain_spin_public();
// Combine of what the machine's operating system imports besides (Disk, Machine). Whoever is
// resolved against it may take all of the kernel's memory.
spin::DomainReference domain_system();

// TARGET, which is not started yet, may import what SOURCE offers. not_permitted: one is none;
// too_many.
Result<void> domain_resolve(spin::DomainReference source, spin::DomainReference target);

// Links TARGET, calls its start on a strand of its own, and waits for the answer. An error takes it
// away again. Why it could not be linked is said on the console.
Result<void> domain_start(spin::DomainReference target);

// Takes TARGET away, and with it who imports from it or stood on a stack together with it.
// not_permitted: it is none.
Result<void> domain_unload(spin::DomainReference target);

bool domain_is_loaded(spin::DomainReference domain);

spin::Census domain_census();
}
