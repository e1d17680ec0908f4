// What is read from and written for the guest: manifest, trap log, probe's files.
// SPDX-License-Identifier: MIT
//
// Malformed input must be said with its place, never guessed at.
#include "failure.hpp"
#include "interrupt_log.hpp"
#include "machine.hpp"
#include "manifest.hpp"
#include "observe.hpp"
#include "own_program.hpp"
#include "probe_config.hpp"
#include "probe_result.hpp"

#include <doctest/doctest.h>

using namespace faultline;

static const char* const MANIFEST =
    R"({"version":1,"build":"release","compiler":"GCC 12.2.0","disk":"disk.img",
 "kernels":[{"kernel":"exo","image":"exo.elf","image_sstc":"exo-sstc.elf",
   "images":[{"domain":"kernel","file":"exo.elf"},{"domain":"library OS","file":"exo/library"}]}],
 "programs":[{"program":"zero-fill","file":"bin/zero-fill"}]})";

static std::string why_malformed(const std::string& text) {
    try {
        parse_manifest(text, "/g");
    } catch (const Failure& failure) {
        CHECK(failure.exit() == Exit::failed);
        CHECK_FALSE(failure.next().empty());
        return failure.what();
    }
    return "";
}

TEST_CASE("a manifest is read with absolute paths") {
    const auto manifest = parse_manifest(MANIFEST, "/g");
    CHECK(manifest.build == "release");
    CHECK(manifest.compiler == "GCC 12.2.0");
    CHECK(manifest.disk == "/g/disk.img");
    CHECK(manifest.kernel("exo").images[1].domain == "library OS");
    CHECK(manifest.program("zero-fill").file == "/g/bin/zero-fill");
    CHECK_THROWS_AS(manifest.kernel("xo"), Failure);
}

TEST_CASE("a manifest says what programs need and kernels have") {
    const auto manifest =
        parse_manifest(R"({"version":1,"build":"release","compiler":"GCC 12.2.0","disk":"i",
 "disk":"disk.img",
 "kernels":[{"kernel":"exo","image":"e","image_sstc":"e","images":[],"has":["files"],
   "ram_disk":"r","benchmarks":[{"benchmark":"b","boot":"program=q extension=x"}]},
   {"kernel":"micro","image":"m","image_sstc":"m","images":[]}],
 "programs":[{"program":"p","file":"p","needs":["files","fork"],"boot":"pool=24",
   "figures":true,"benchmark":true},{"program":"q","file":"q"}]})",
                       "/g");
    CHECK(manifest.disk == "/g/disk.img");
    CHECK(manifest.kernel("exo").ram_disk == "/g/r");
    CHECK(manifest.kernel("micro").ram_disk.empty());
    REQUIRE(manifest.kernel("exo").benchmarks.size() == 1);
    CHECK(manifest.kernel("exo").benchmarks[0].name == "b");
    CHECK(manifest.kernel("exo").benchmarks[0].boot == "program=q extension=x");
    const auto& program = manifest.program("p");
    CHECK(manifest.kernel("exo").missing_for(program) == std::vector<std::string>{"fork"});
    CHECK(manifest.kernel("exo").missing_for(manifest.program("q")).empty());
    CHECK(program.figures);
    CHECK(program.benchmark);
    CHECK(boot_line(program, {"a b", "100%", ""}) == "program=p pool=24 arg=a%20b arg=100%25 arg=");
    CHECK(boot_line(manifest.program("q")) == "program=q");
}

TEST_CASE("a malformed manifest is said with its place") {
    CHECK(why_malformed(R"({"version":1,"build":"b","compiler":"GCC 12.2.0","disk":"i","kernels":[],
 "programs":[{"program":"p","file":"p","needs":"files"}]})")
              .find("the manifest.programs[0].needs is not a list of words") != std::string::npos);
    CHECK(why_malformed(R"({"version":1,"build":"b","compiler":"GCC 12.2.0","disk":"i","kernels":[],
 "programs":[{"program":"p","file":"p","figures":1}]})")
              .find("the manifest.programs[0].figures is neither") != std::string::npos);
    CHECK(why_malformed("{") == "/g/manifest.json: is not JSON");
    CHECK(why_malformed("[]").find("is not an object") != std::string::npos);
    CHECK(why_malformed(R"({"version":2})").find("has version 2") != std::string::npos);
    CHECK(why_malformed(R"({"version":1})").find("no text \"build\"") != std::string::npos);
    CHECK(why_malformed(R"({"version":1,"build":"b","compiler":"GCC 12.2.0","disk":"i"})")
              .find("no list \"kernels\"") != std::string::npos);
    CHECK(why_malformed(
              R"({"version":1,"build":"b","compiler":"c","disk":"i","kernels":[{"kernel":7}]})")
              .find("the manifest.kernels[0] has no text \"kernel\"") != std::string::npos);
}

TEST_CASE("QEMU's trap log gives cause and address of a fault") {
    const std::string log =
        "riscv_cpu_do_interrupt: hart:0, async:0, cause:0000000000000009, epc:0x0000000080200010, "
        "tval:0x0000000000000000, desc=supervisor_ecall\n"
        "riscv_cpu_do_interrupt: hart:0, async:1, cause:000000000000000d, epc:0x0000000011000196, "
        "tval:0x0000000000000000, desc=?\n"
        "some other line\n"
        "riscv_cpu_do_interrupt: hart:0, async:0, cause:000000000000000f, epc:0x0000000011000196, "
        "tval:0x0000000011801000, desc=store_page_fault\n"
        "riscv_cpu_do_interrupt: hart:0, async:0, cause:000000000000000f, epc:0x0000000011000196, "
        "tval:0x0000000011801000, desc=store_page_fault\n";
    const auto fault = page_fault_at(log, 0x11000196);
    REQUIRE(fault);
    CHECK(fault->cause == Cause::store_page_fault);
    CHECK(fault->address == 0x11801000);
    CHECK(fault->times == 2);
    CHECK_FALSE(page_fault_at(log, 0x80200010)); // no page fault
    CHECK_FALSE(page_fault_at("", 0));
    CHECK_FALSE(last_fetch_fault(log));
    CHECK(last_fetch_fault(log + "riscv_cpu_do_interrupt: hart:0, async:0, cause:000000000000000c, "
                                 "epc:0x0000000000001234, tval:0x0000000000001234, desc=x\n") ==
          0x1234);
    CHECK_FALSE(parse_trap("riscv_cpu_do_interrupt: hart:0"));
}

TEST_CASE("QEMU's trap log tells calls, exceptions and interrupts apart") {
    const auto line = [](const char* async, const char* cause, const char* pc) {
        return std::string("riscv_cpu_do_interrupt: hart:0, async:") + async + ", cause:" + cause +
               ", epc:" + pc + ", tval:0, desc=x\n";
    };
    const std::string log = line("1", "5", "0x1000") + line("0", "f", "0x1000") +
                            line("0", "8", "0x1004") + line("0", "2", "0x1008") +
                            line("1", "9", "0x100c");
    const auto cause = [&](const char* kind) { return trap_within(log, kind, 0x1000, 0x1010); };
    CHECK(cause_of(*cause("call")) == Cause::user_call);
    CHECK(cause_of(*cause("exception")) == Cause::illegal_instruction);
    CHECK(cause_of(*cause("interrupt")) == Cause::external_interrupt);
    CHECK_FALSE(trap_within(log, "exception", 0x1000, 0x1008));
    CHECK(words(Cause::external_interrupt) == "external interrupt");
}

TEST_CASE("the probe is told images by slot and functions by address") {
    const auto image = [](const char* domain, std::uint64_t at,
                          std::map<std::string, Symbol> names) {
        return PlacedImage{domain, {domain, at, {at, at + 0x1234}, std::move(names)}};
    };
    ProbeConfig config{
        .images = {image("kernel", 0xffffffc080200000,
                         {{"trap_vector", {0xffffffc080200040, 8}},
                          {"_Z13serve_devicesv", {0xffffffc080200080, 4}}}),
                   image("program", 0x11000000, {{"scenario_fault", {0x11000010, 0}}})},
        .limit = 5,
        .result = "/r"};
    CHECK(probe_config_text(config) ==
          "image 0xffffffc080000000 0xffffffc081000000 kernel\n"
          "function trap_vector 0xffffffc080200040 0x8\n"
          "function serve_devices 0xffffffc080200080 0x4\n"
          "image 0x11000000 0x12000000 program\n"
          "watch pc 0x11000010 0x11000000 0x12000000\nlimit 5\nout /r\n");
    auto& names = config.images.back().symbols.by_name;
    names["scenario_end"] = {0x11000020, 0};
    names["scenario_resumed"] = {0x11000030, 0};
    CHECK(probe_config_text(config).find("0x12000000\nwatch_end 0x11000020\n"
                                         "watch_resumed 0x11000030\nlimit") != std::string::npos);
    names.clear();
    CHECK(probe_config_text(config).find("watch first 0x11000000 0x12000000\n") !=
          std::string::npos);
    config.images.push_back(image("other", 0x11002000, {}));
    CHECK_THROWS_AS(probe_config_text(config), Failure);
}

TEST_CASE("the probe is told exo's stations of a call, and its end of an environment, as others'") {
    const Symbols library{"library",
                          0x40000000,
                          {0x40000000, 0x40001000},
                          {{"library_call", {0x40000010, 0x40}},
                           {"serve_call", {0x40000100, 8}},
                           {"library_return", {0x40000030, 0}},
                           {"_Z15end_environmentm", {0x40000200, 4}}}};
    const auto text = probe_config_text({.images = {{"library OS", library}}, .result = "/r"});
    CHECK(text.find("function call_receive 0x40000010 0x40\n") != std::string::npos);
    CHECK(text.find("function call_serve 0x40000100 0x8\n") != std::string::npos);
    CHECK(text.find("function call_answer 0x40000030 0x0\n") != std::string::npos);
    CHECK(text.find("function end_thread 0x40000200 0x4\n") != std::string::npos);
    CHECK(text.find("environments") == std::string::npos);
}

TEST_CASE("the probe is told where an exokernel keeps its environments' records") {
    const Symbols kernel{"kernel",
                         0xffffffc080200000,
                         {0xffffffc080200000, 0xffffffc080300000},
                         {{"kernel", {0xffffffc080210000, 0x8000}},
                          {"environments_begin", {0x100, 0}},
                          {"environments_end", {0x300, 0}},
                          {"environment_size", {0x80, 0}}}};
    const Symbols program{"program", 0x11000000, {0x11000000, 0x11001000}, {}};
    const auto text =
        probe_config_text({.images = {{"kernel", kernel}, {"program", program}}, .result = "/r"});
    CHECK(text.find("environments 0xffffffc080210100 0xffffffc080210300 0x80\n") !=
          std::string::npos);
}

TEST_CASE("a result of the probe is read or refused") {
    CHECK_THROWS_AS(parse_probe_result(""), Failure);
    CHECK_THROWS_AS(parse_probe_result(R"({"version":9})"), Failure);
    const auto none = parse_probe_result(
        R"({"version":1,"end":"limit","machine":{"instructions":7},"fault":null})");
    CHECK(none.limit_reached);
    CHECK(none.instructions == 7);
    CHECK_FALSE(none.fault);
}

TEST_CASE("QEMU's refusal is told from a guest's exit code") {
    CHECK_FALSE(start_problem(0, "warning"));
    CHECK_FALSE(start_problem(1, ""));
    CHECK(start_problem(1, "qemu: -plugin: invalid option\n")->no_plugins);
    CHECK_FALSE(start_problem(1, "qemu: could not load kernel\n")->no_plugins);
    CHECK(exit_meaning("hello", 3) == "hello ended with exit status 3");
    CHECK(exit_meaning("hello", 120) == "the kernel could not load hello");
}

TEST_CASE("a RAM disk has room where it ends before the device tree") {
    constexpr std::uint64_t mib = 1 << 20;
    CHECK_FALSE(has_room_for_ram_disk(102, 48 * mib)); // 2 + 51 + 48 MiB, the tree at 100
    CHECK(has_room_for_ram_disk(103, 48 * mib));       // 2 + 51.5 + 48, the tree at 102
    CHECK(has_room_for_ram_disk(128, 48 * mib));
    CHECK(has_room_for_ram_disk(4096, 256 * mib));
    CHECK_FALSE(has_room_for_ram_disk(4096, 1024 * mib)); // the tree is in the first GiB
    for (std::uint64_t memory = 0; memory < 8; ++memory)
        CHECK_FALSE(has_room_for_ram_disk(memory, 2 * mib));
}
