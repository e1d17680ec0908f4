// The initial RAM disk: members are found, and no damaged archive leads out of itself.
// SPDX-License-Identifier: MIT
#include "lib/archive.hpp"
#include "services/exec/images.hpp"
#include "world.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <string>

namespace {

void add(Buffer& archive, const std::string& name, const std::string& contents) {
    Buffer header(512);
    std::memcpy(header.data(), name.data(), name.size());
    char field[13];
    std::snprintf(field, sizeof field, "%011o", static_cast<unsigned>(contents.size()));
    std::memcpy(header.data() + 124, field, 12);
    std::memset(header.data() + 148, ' ', 8);
    unsigned sum = 0;
    for (const std::byte byte : header)
        sum += std::to_integer<unsigned>(byte);
    std::snprintf(field, sizeof field, "%06o", sum);
    std::memcpy(header.data() + 148, field, 7);
    archive.insert(archive.end(), header.begin(), header.end());
    const auto* bytes = reinterpret_cast<const std::byte*>(contents.data());
    archive.insert(archive.end(), bytes, bytes + contents.size());
    archive.resize((archive.size() + 511) / 512 * 512);
}

Buffer sample() {
    Buffer archive;
    add(archive, "bin/one", "first");
    add(archive, "bin/empty", "");
    add(archive, "bin/two", std::string(600, 'x'));
    archive.resize(archive.size() + 1024);
    return archive;
}

} // namespace

TEST_CASE("archive: members are found by their whole name") {
    const Buffer archive = sample();
    CHECK(find_in_archive(archive, "bin/one")->size() == 5);
    CHECK(find_in_archive(archive, "bin/empty")->empty());
    CHECK(find_in_archive(archive, "bin/two")->size() == 600);
    CHECK(find_in_archive(archive, "bin/on").error() == Error::not_found);
    CHECK(find_in_archive(archive, "bin/one ").error() == Error::not_found);
    CHECK(find_in_archive(archive, std::string(200, 'a')).error() == Error::not_found);
}

TEST_CASE("archive: an image is found by directory and file") {
    const Buffer archive = sample();
    CHECK(exec::find_image(archive, "bin", "two")->size() == 600);
    CHECK(exec::find_image(archive, "bin", "").error() == Error::invalid);
    CHECK(exec::find_image(archive, "bin", std::string(97, 'a')).error() == Error::invalid);
}

TEST_CASE("archive: a wrong checksum is malformed") {
    Buffer archive = sample();
    archive[3] = std::byte{'!'};
    CHECK(find_in_archive(archive, "bin/two").error() == Error::malformed);
}

TEST_CASE("archive: damaged archives stay inside themselves") {
    const Buffer archive = sample();
    with_damaged_copies(archive, 20000, [](const Buffer& copy) {
        for (const char* name : {"bin/one", "bin/two", "none"}) {
            const auto found = find_in_archive(copy, name);
            if (found && !found->empty()) {
                CHECK(found->data() >= copy.data());
                CHECK(found->data() + found->size() <= copy.data() + copy.size());
            }
        }
    });
}
