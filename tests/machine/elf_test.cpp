// Programs that are unusual ELF files, on every kernel: the loaders take and refuse the same ones.
// SPDX-License-Identifier: MIT
//
// The rules themselves, one by one, are tested on the host (tests/host/elf_test.cpp). Here each
// file is booted, so that a loader which decides on its own is seen.
#include "ram_disk.hpp"

#include "abi/machine_exit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <optional>

namespace {

const std::string PROGRAM = "hello";
const std::string GREETING = "Hello from a program";

template <class T>
T get(const std::string& file, std::size_t offset) {
    T value;
    REQUIRE(offset + sizeof value <= file.size());
    std::memcpy(&value, file.data() + offset, sizeof value);
    return value;
}

// A program, with its headers as the test wants them.
class Program {
public:
    explicit Program(std::string file)
        : file_(std::move(file)), header_(get<Elf64_Ehdr>(file_, 0)) {
        for (std::size_t i = 0; i < header_.e_phnum; ++i)
            segments.push_back(get<Elf64_Phdr>(file_, header_.e_phoff + i * sizeof(Elf64_Phdr)));
    }

    std::vector<Elf64_Phdr> segments;

    Elf64_Phdr& code() { return segments.at(0); }
    void add_first(const Elf64_Phdr& segment) { segments.insert(segments.begin(), segment); }
    void enter_at(std::uint64_t entry) { header_.e_entry = entry; }
    std::uint64_t entry() const { return header_.e_entry; }
    // The table as the file header tells of it, whatever stands there.
    void claim_segments(std::uint16_t count) { claimed_ = count; }
    void put_table_at(std::uint64_t offset) { header_.e_phoff = offset; }

    std::string file() const {
        std::string file = file_;
        Elf64_Ehdr header = header_;
        header.e_phnum = claimed_.value_or(static_cast<std::uint16_t>(segments.size()));
        std::memcpy(file.data(), &header, sizeof header);
        const std::size_t bytes = segments.size() * sizeof(Elf64_Phdr);
        // Between the file header and the first page of the program is room.
        if (header.e_phoff == sizeof header) {
            REQUIRE(sizeof header + bytes <= 0x1000);
            std::memcpy(file.data() + sizeof header, segments.data(), bytes);
        }
        return file;
    }

private:
    std::string file_;
    Elf64_Ehdr header_;
    std::optional<std::uint16_t> claimed_;
};

Elf64_Phdr segment(std::uint64_t address, std::uint64_t file_bytes, std::uint64_t memory_bytes) {
    return {.p_type = PT_LOAD,
            .p_flags = PF_R | PF_W,
            .p_offset = 0,
            .p_vaddr = address,
            .p_paddr = address,
            .p_filesz = file_bytes,
            .p_memsz = memory_bytes,
            .p_align = 0x1000};
}

using Change = void (*)(Program& program);

// What every kernel answers to the program after CHANGE.
void on_every_kernel(const std::string& what, Change change, void (*expect)(const Answer& answer)) {
    for (const std::string& kernel : kernels()) {
        const RamDisk disk(kernel);
        disk.put_program(PROGRAM);
        Program program(disk.read("bin/" + PROGRAM));
        REQUIRE(program.code().p_type == PT_LOAD);
        change(program);
        disk.write("bin/" + PROGRAM, program.file());
        const bool has_unix = std::ranges::count(kernels_with({"files"}), kernel) != 0;
        const Answer answer =
            disk.boot(PROGRAM, kernel == "spin" && has_unix ? "personality=unix" : "");
        CAPTURE(kernel + ", " + what + ": " + answer.output);
        expect(answer);
        CHECK(answer.output.find("panic") == std::string::npos);
    }
}

void runs(const std::string& what, Change change) {
    on_every_kernel(what, change, [](const Answer& answer) {
        CHECK(answer.status == 0);
        CHECK(answer.output.find(GREETING) != std::string::npos);
    });
}

void refused(const std::string& what, Change change) {
    on_every_kernel(what, change, [](const Answer& answer) {
        CHECK(answer.status != 0);
        CHECK(answer.output.find("cannot start") != std::string::npos);
        CHECK(answer.output.find("malformed") != std::string::npos);
        CHECK(answer.output.find(GREETING) == std::string::npos);
    });
}

} // namespace

TEST_CASE("elf: empty segments anywhere do not keep a program from running") {
    runs("as it was linked", [](Program&) {});
    runs("an empty segment first, at 0",
         [](Program& program) { program.add_first(segment(0, 0, 0)); });
    runs("empty segments where nothing can be", [](Program& program) {
        program.add_first(segment(0xffffffc080200000, 0, 0));
        program.add_first(segment(~0ULL, 0, 0));
        program.segments.push_back(segment(program.entry() + 0x1000000, 0, 0));
    });
    runs("no alignment", [](Program& program) { program.code().p_align = 0; });
}

TEST_CASE("elf: what breaks a rule is refused in words by every loader") {
    refused("a file's bytes for no memory",
            [](Program& program) { program.add_first(segment(0, 16, 0)); });
    refused("more of the file than of memory",
            [](Program& program) { program.code().p_memsz = program.code().p_filesz - 1; });
    refused("past the file's end",
            [](Program& program) { program.code().p_filesz = program.code().p_memsz = 0x100000; });
    refused("address wraps around",
            [](Program& program) { program.segments.push_back(segment(~0xfffULL, 0, 0x2000)); });
    refused("two in one place", [](Program& program) {
        program.segments.push_back(segment(program.code().p_vaddr, 0, 0x1000));
    });
    refused("not at a page of the file", [](Program& program) { program.code().p_offset += 8; });
    refused("an alignment that is none", [](Program& program) { program.code().p_align = 3; });
    refused("it wants a dynamic linker", [](Program& program) {
        Elf64_Phdr interpreter = segment(program.code().p_vaddr, 0, 0);
        interpreter.p_type = PT_INTERP;
        program.add_first(interpreter);
    });
    refused("no segments", [](Program& program) { program.claim_segments(0); });
    refused("more segments than stand there",
            [](Program& program) { program.claim_segments(0xffff); });
    refused("the table behind the file's first page",
            [](Program& program) { program.put_table_at(0x1000); });
    refused("entry outside of all", [](Program& program) { program.enter_at(0x30000000); });
    refused("entry is data", [](Program& program) { program.code().p_flags = PF_R | PF_W; });
    refused("odd entry", [](Program& program) { program.enter_at(program.entry() + 1); });
}
