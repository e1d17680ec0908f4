// What an image is, whatever its debugging information says of paths.
// SPDX-License-Identifier: MIT
#include "image_hash.hpp"

#include "failure.hpp"
#include "sha256.hpp"
#include "text.hpp"

#include <cstring>
#include <elf.h>

namespace lab {

std::string image_hash(const std::filesystem::path& image) {
    const std::string file = faultline::read_file(image);
    const auto broken = [&] {
        return faultline::Failure(faultline::Exit::failed, image.string() + " is no whole image",
                                  "Build it again.");
    };
    Elf64_Ehdr header{};
    if (file.size() < sizeof header)
        throw broken();
    std::memcpy(&header, file.data(), sizeof header);
    std::string loaded = faultline::hex(header.e_entry) + "\n";
    for (std::size_t i = 0; i < header.e_phnum; ++i) {
        Elf64_Phdr segment{};
        const std::uint64_t at = header.e_phoff + i * sizeof segment;
        if (at > file.size() || file.size() - at < sizeof segment)
            throw broken();
        std::memcpy(&segment, file.data() + at, sizeof segment);
        if (segment.p_type != PT_LOAD)
            continue;
        if (segment.p_offset > file.size() || segment.p_filesz > file.size() - segment.p_offset)
            throw broken();
        loaded += faultline::hex(segment.p_paddr) + " " + faultline::hex(segment.p_memsz) + "\n" +
                  file.substr(segment.p_offset, segment.p_filesz);
    }
    return sha256_text(loaded);
}

} // namespace lab
