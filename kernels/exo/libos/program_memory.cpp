// Bytes to and from the program.
// SPDX-License-Identifier: MIT
#include "program_memory.hpp"

#include "tables.hpp"

#include "lib/memory.hpp"

#include <algorithm>

namespace {

std::span<std::byte> bytes_at(VirtAddr address, std::uint64_t count) {
    return {reinterpret_cast<std::byte*>(address.raw()), count};
}

std::unexpected<Error> refuse(VirtAddr missing) {
    return std::unexpected(missing < VirtAddr(USER_END) ? Error::not_mapped : Error::bad_address);
}

// Of the library its constants may be read, and nothing else.
bool is_reachable(VirtAddr address, Access access) {
    const bool is_of_program =
        address < VirtAddr(access == Access::store ? LIBRARY_BASE : EXO_WINDOW);
    const TableEntry entry = is_of_program ? tables.look(address.raw()) : TableEntry();
    return entry.is_valid() && entry.rights().allow(access);
}

VirtAddr find_unreachable(VirtAddr start, std::uint64_t count, Access access) {
    std::uint64_t done = 0;
    while (done < count && is_reachable(start + done, access))
        done += PAGE_SIZE - (start + done).offset_in_page();
    return start + std::min(done, count);
}

} // namespace

Result<void> copy_from_user(ProgramMemory, VirtAddr source, std::span<std::byte> destination) {
    const VirtAddr missing = find_unreachable(source, destination.size(), Access::load);
    if (missing != source + destination.size()) [[unlikely]]
        return refuse(missing);
    copy_across_domains(destination, bytes_at(source, destination.size()));
    return {};
}

Result<void> copy_to_user(ProgramMemory, VirtAddr destination, Bytes source) {
    const VirtAddr missing = find_unreachable(destination, source.size(), Access::store);
    if (missing != destination + source.size()) [[unlikely]]
        return refuse(missing);
    copy_across_domains(bytes_at(destination, source.size()), source);
    return {};
}

VirtAddr first_unreachable(vm::SpaceId, VirtAddr start, std::uint64_t count, Access access) {
    return find_unreachable(start, count, access);
}
