// The tree's own extensions pass the object check, and damaged ones are refused in words, or link.
// SPDX-License-Identifier: MIT
//
// What it refuses, one by one: tests/host/spin_check_*_test.cpp.
#include "linking.hpp"

#include "kernels/spin/link/instruction.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <random>

namespace {

using namespace spin_link;
namespace fs = std::filesystem;

// Made to be refused (tests/hostile/spin/).
const std::vector<std::string> UNFIT{"writes-satp", "namesake"};

std::vector<fs::path> objects_in(const std::string& folder) {
    std::vector<fs::path> result;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".o" &&
            std::ranges::count(UNFIT, entry.path().stem().string()) == 0)
            result.push_back(entry.path());
    std::ranges::sort(result);
    return result;
}

// Where something stands of which most bytes matter: code, relocations, symbols.
struct Place {
    std::size_t start;
    std::size_t bytes;
};
std::vector<Place> places_of(const Buffer& file) {
    const auto header = MUST(load<Elf64_Ehdr>(file, 0));
    std::vector<Place> result{{0, file.size()}};
    for (unsigned i = 0; i < header.e_shnum; ++i) {
        const auto section = MUST(load<Elf64_Shdr>(file, header.e_shoff + i * sizeof(Elf64_Shdr)));
        const bool matters = section.sh_type == SHT_RELA || section.sh_type == SHT_SYMTAB ||
                             (section.sh_flags & SHF_EXECINSTR) != 0;
        if (matters && section.sh_size != 0)
            result.push_back({section.sh_offset, section.sh_size});
    }
    return result;
}

// Code that was checked and patched is still instructions that an extension may have.
bool is_still_allowed(const Buffer& text) {
    for (std::size_t at = 0; at < text.size();) {
        std::uint32_t word = MUST(load<std::uint16_t>(text, at));
        if (link::is_long(word))
            word = MUST(load<std::uint32_t>(text, at));
        if (link::kind_of(word) == link::Kind::refused)
            return false;
        at += link::is_long(word) ? 4 : 2;
    }
    return true;
}

struct Count {
    int refused = 0;
    int linked = 0;
};

// ROUNDS copies of the objects, each with up to four bytes changed, from SEED.
Count damage(const std::vector<fs::path>& objects, int rounds, unsigned seed) {
    const Exports exports = exports_of("release");
    const Exports reserved = all_exports_of("release");
    std::vector<Buffer> files;
    for (const fs::path& object : objects)
        files.push_back(read_file(object));
    std::mt19937 random(seed);
    Count count;
    for (int round = 0; round < rounds; ++round) {
        Buffer copy = files[static_cast<std::size_t>(round) % files.size()];
        const std::vector<Place> places = places_of(copy);
        for (unsigned change = random() % 4 + 1; change != 0; --change) {
            const Place place = places[random() % places.size()];
            copy[place.start + random() % place.bytes] = static_cast<std::byte>(random());
        }
        Linked linked;
        const bool done = linked.link(copy, exports, reserved).has_value();
        const bool in_words = done || !linked.complaint.what.empty();
        const bool sound =
            !linked.is_checked || is_still_allowed(linked.memory[index_of(link::Part::text)]);
        if (!in_words || !sound)
            FAIL_CHECK("round " << round << ": " << linked.complaint.what);
        ++(done ? count.linked : count.refused);
    }
    return count;
}

} // namespace

TEST_CASE("every extension of the tree passes the object check") {
    for (const std::string build : {"release", "debug"}) {
        const Exports reserved = all_exports_of(build);
        for (const std::string folder : {"/staged/spin", "/spin", "/hostile/spin"})
            for (const fs::path& object : objects_in(BUILD "/guest-" + build + folder)) {
                CAPTURE(object.string());
                Linked linked;
                // With no export to import from it goes no further.
                const Buffer file = read_file(object); // a complaint's name stands in it
                static_cast<void>(linked.link(file, reserved, reserved));
                CHECK_MESSAGE(linked.is_checked, linked.complaint.what, linked.complaint.name);
            }
    }
}

void damage_small_ones(unsigned seed) {
    const Count count = damage(objects_in(BUILD "/guest-release/hostile/spin"), 20'500, seed);
    CHECK(count.refused > 5'000);
    CHECK(count.linked > 500);
}

TEST_CASE("20,500 damaged extensions are refused in words, or link to what may be executed") {
    damage_small_ones(20261127);
}

TEST_CASE("20,500 others") { damage_small_ones(20261128); }

TEST_CASE("500 damaged extensions of the system are refused in words, or link") {
    const Count count = damage(objects_in(BUILD "/guest-release/staged/spin"), 500, 20261127);
    CHECK(count.refused > 100);
    CHECK(count.linked > 10);
}
