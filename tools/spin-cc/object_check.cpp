// A file of its own: the kernel's namespace `link` and the host's function `link` do not meet.
// SPDX-License-Identifier: MIT
#include "object_check.hpp"

#include "kernels/spin/link/check.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

namespace spin_cc {

namespace {

struct Text {
    std::string words;
    void put(std::string_view more) { words += more; }
};

// Copies of what the kernel would have in pages of its own: aligned, and writable.
struct Pages {
    std::vector<std::uint64_t> words;
    explicit Pages(std::uint64_t bytes) : words((bytes + 7) / 8) {}
    std::span<std::byte> first(std::uint64_t bytes) {
        return std::as_writable_bytes(std::span(words)).first(bytes);
    }
};

// FILE is aligned. What COMPLAINT names stands in it.
Result<void> check(std::span<std::byte> file, link::Complaint& complaint) {
    const link::Object object = TRY(link::Object::parse(file, complaint));
    std::vector<Pages> parts;
    link::Memory memory;
    for (const link::Part part : link::PARTS) {
        const link::Section& section = object.section(part);
        const std::span<std::byte> bytes = parts.emplace_back(section.bytes).first(section.bytes);
        std::ranges::copy(section.contents, bytes.begin());
        memory[index_of(part)] = bytes;
    }
    std::vector<std::uint64_t> room(link::room_to_check(object));
    return link::check(object, memory, {}, room, complaint);
}

} // namespace

std::string why_refused(const std::string& object) {
    Pages file(object.size());
    std::memcpy(file.words.data(), object.data(), object.size());
    link::Complaint complaint;
    if (check(file.first(object.size()), complaint))
        return {};
    Text text;
    link::report(text, "object", complaint);
    return text.words;
}

} // namespace spin_cc
