// Names and slots of images.
// SPDX-License-Identifier: MIT
#include "services/exec/images.hpp"

#include <array>

namespace exec {

Result<Bytes> find_image(Bytes archive, std::string_view directory, std::string_view file) {
    std::array<char, 100> path{}; // as long as a name in the archive can be
    const std::size_t length = directory.size() + 1 + file.size();
    if (file.empty() || length > path.size())
        return std::unexpected(Error::invalid);
    for (std::size_t i = 0; i < directory.size(); ++i)
        path[i] = directory[i];
    path[directory.size()] = '/';
    for (std::size_t i = 0; i < file.size(); ++i)
        path[directory.size() + 1 + i] = file[i];
    return find_in_archive(archive, std::string_view(path).substr(0, length));
}

Result<VirtAddr> slot_of(Bytes program, const Slots& slots) {
    const VirtAddr address = TRY(elf::first_address(program));
    if (address < slots.first || (address - slots.first) / slots.bytes >= slots.count)
        return std::unexpected(Error::malformed);
    return slots.first + (address - slots.first) / slots.bytes * slots.bytes;
}

} // namespace exec
