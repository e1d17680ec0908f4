// Names and slots of images.
// SPDX-License-Identifier: MIT
#include "services/exec/images.hpp"

#include "services/fs/memory_image.hpp"

namespace exec {

Result<Bytes> find_image(Bytes disk, std::string_view directory, std::string_view file) {
    const fs::MemoryImage image = TRY(fs::MemoryImage::open(disk));
    return image.file(TRY(image.directory(directory)), file);
}

Result<VirtAddr> slot_of(Bytes program, const Slots& slots) {
    const VirtAddr address = TRY(elf::first_address(program));
    if (address < slots.first || (address - slots.first) / slots.bytes >= slots.count)
        return std::unexpected(Error::malformed);
    return slots.first + (address - slots.first) / slots.bytes * slots.bytes;
}

} // namespace exec
