// From the tables of exports.S to domains; the module Domain, and what every extension has.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp; later an extension that loads others. Next: extension.cpp.
#include "modules.hpp"

#include "authority.hpp"
#include "kernel.hpp"

#include "arch/riscv/console.hpp"
#include "interface/domain.hpp"
#include "services/exec/images.hpp"

#include <algorithm>
#include <array>
#include <new>

extern "C" {
extern const link::Export module_phys_addr[], module_virt_addr[], module_translation[],
    module_strand[], module_trap[], module_extension[], spin_public_end[], module_disk[],
    module_machine[], module_domain[], modules_end[]; // exports.S
}

namespace {

struct Table {
    std::string_view name;
    const link::Export* first;
    const link::Export* end;
};
constexpr std::array<Table, 6> PUBLIC_ONES{{
    {"PhysAddr", module_phys_addr, module_virt_addr},
    {"VirtAddr", module_virt_addr, module_translation},
    {"Translation", module_translation, module_strand},
    {"Strand", module_strand, module_trap},
    {"Trap", module_trap, module_extension},
    {"Extension", module_extension, spin_public_end},
}};

constexpr std::array<Table, 2> SYSTEM_ONES{{
    {"Disk", module_disk, module_machine},
    {"Machine", module_machine, module_domain},
}};

Domain domain_of(const Table& table) {
    return Domain::create_from_module(table.name, {table.first, table.end});
}

} // namespace

void create_modules(Modules& modules) {
    for (std::size_t i = 0; i < PUBLIC_ONES.size(); ++i)
        new (&modules.public_ones[i]) Domain(domain_of(PUBLIC_ONES[i])); // in its place
    new (&modules.spin_public) Domain(Domain::combine("SpinPublic", modules.public_ones));
    for (std::size_t i = 0; i < SYSTEM_ONES.size(); ++i)
        new (&modules.system_ones[i]) Domain(domain_of(SYSTEM_ONES[i]));
    new (&modules.system) Domain(Domain::combine("System", modules.system_ones));
    new (&modules.domain) Domain(domain_of({"Domain", module_domain, modules_end}));
}

std::span<const link::Export> all_exports() { return {module_phys_addr, modules_end}; }

namespace {

// Their numbers; no slot's.
constexpr std::uint32_t SPIN_PUBLIC = EXTENSIONS;
constexpr std::uint32_t SYSTEM = EXTENSIONS + 1;

// The extension that REFERENCE names. not_permitted: it is no more.
Result<Extension*> find_extension(spin::DomainReference reference) {
    const std::uint32_t number = Extension::number_of(reference);
    if (number >= kernel.extensions.size() || kernel.extensions[number].reference() != reference)
        return std::unexpected(Error::not_permitted);
    return &kernel.extensions[number];
}

bool contains(Bytes all, Bytes part) {
    return part.size() <= all.size() &&
           static_cast<std::size_t>(part.data() - all.data()) <= all.size() - part.size();
}

template <class Table, class Is>
std::uint64_t count_in(const Table& table, Is is) {
    return static_cast<std::uint64_t>(std::ranges::count_if(table, is));
}

} // namespace

extern "C" {

void console_write(std::string_view text) {
    Console console;
    console.put(text);
}

Result<std::span<std::byte>> extension_memory(spin::FrameQuota reference, std::uint64_t bytes) {
    Quota& quota = *TRY(find_quota(reference));
    return kernel.extensions[Quota::number_of(reference)].extend(bytes, quota); // of the same slot
}

Result<Bytes> domain_find_object(std::string_view file) {
    return exec::find_image(initial_ram_disk(), "lib/spin", file);
}

// What is linked is looked at again, so OBJECT lies where nobody changes it.
Result<spin::DomainReference> domain_create(std::string_view name, Bytes object) {
    if (!contains(initial_ram_disk(), object))
        return std::unexpected(Error::invalid);
    link::Complaint complaint;
    const Result<Extension*> created = create_extension(name, object, complaint);
    if (!created) {
        refuse_extension(name, complaint);
        return std::unexpected(created.error());
    }
    return (*created)->reference();
}

Result<spin::DomainReference> domain_find(std::string_view name) {
    for (const Extension& extension : kernel.extensions)
        if (extension.state != Extension::State::none && extension.name() == name)
            return extension.reference();
    return std::unexpected(Error::not_found);
}

spin::DomainReference domain_spin_public() { return Extension::reference_to(SPIN_PUBLIC, 1); }
spin::DomainReference domain_system() { return Extension::reference_to(SYSTEM, 1); }

Result<void> domain_resolve(spin::DomainReference source, spin::DomainReference target) {
    Extension& importer = *TRY(find_extension(target));
    if (source == domain_spin_public())
        return Domain::resolve(kernel.modules.spin_public, importer);
    if (source == domain_system())
        return resolve_system(importer);
    return resolve_extension(*TRY(find_extension(source)), importer);
}

Result<void> domain_start(spin::DomainReference target) {
    return start_extension(*TRY(find_extension(target)), {});
}

Result<void> domain_unload(spin::DomainReference target) {
    unload_extension(*TRY(find_extension(target)));
    return {};
}

bool domain_is_loaded(spin::DomainReference domain) { return find_extension(domain).has_value(); }

spin::Census domain_census() {
    spin::Census census{
        .free_frames = kernel.frames.free_count(),
        .free_kernel_frames = kernel.memory.free_count(),
        .strands = count_in(kernel.strands,
                            [](const Strand& s) { return s.state != Strand::State::unused; }),
        .spaces = count_in(kernel.spaces, [](const Space& space) { return space.is_used(); }),
        .handlers = 0,
        .domains = count_in(kernel.extensions,
                            [](const Extension& e) { return e.state != Extension::State::none; }),
    };
    for (const Space& space : kernel.spaces)
        census.handlers += space.events.count();
    return census;
}

} // extern "C"
