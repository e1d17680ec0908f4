// What a debugger shows of values: the stages' arguments and locals, and the tree's types.
// SPDX-License-Identifier: MIT
#include "debugged.hpp"

#include <array>
#include <cstdint>
#include <doctest/doctest.h>
#include <map>

namespace {

const std::array<std::string, 7> STAGES{"receive", "dispatch", "resolve", "frame",
                                        "fill",    "install",  "resume"};

// The bytes, as hex digits, that VALUE takes in memory.
std::string bytes(std::uint64_t value) {
    static const char* const digits = "0123456789abcdef";
    std::string text;
    for (int i = 0; i < 8; ++i, value >>= 8) {
        text += digits[value >> 4 & 15];
        text += digits[value & 15];
    }
    return text;
}

struct Printed {
    std::string type;
    std::string bytes; // of a value of it, as hex digits
    std::string words;
};

// Has GDB print a value that is nowhere in the machine.
std::string print(const Printed& value) {
    return "python print(gdb.Value(bytes.fromhex('" + value.bytes + "'), gdb.lookup_type('" +
           value.type + "')).format_string())";
}

const std::vector<Printed> EVERYWHERE{
    {"PhysAddr", bytes(0x80200123), "0x80200123"},
    {"VirtAddr", bytes(0xffffffc080200000), "0xffffffc080200000"},
    {"Frame", bytes(0x80200), "0x80200"},
    {"Page", bytes(0x11801), "0x11801"},
    {"Rights", "00", "---"},
    {"Rights", "05", "r-x"},
    {"Error", "00", "bad_address"},
    {"Outcome", bytes(0), "success"},
    {"Outcome", bytes(2), "error: not_permitted"},
    {"Fault", bytes(0x1008) + bytes(0x1004) + bytes(4), "fetch at 0x1008 by pc 0x1004"},
    {"sv39::Pte", bytes(0), "not valid"},
    {"sv39::Pte", bytes(0x1c01), "table at 0x7000"},
    {"sv39::Pte", bytes(0x200800d7), "frame 0x80200 rw- user accessed dirty"},
    {"sv39::PteFlags", "6b", "r-x global accessed"},
    {"std::expected<Frame, Error>", bytes(0x80200) + bytes(1), "0x80200"},
    {"std::expected<Frame, Error>", bytes(2) + bytes(0), "error: no_memory"},
};

const std::map<std::string, std::vector<Printed>> SOMEWHERE{
    {"monolithic",
     {{"std::optional<unix::ExitStatus>", bytes(7) + bytes(1), "7"},
      {"std::optional<unix::ExitStatus>", bytes(7) + bytes(0), "none"},
      {"vm::Record", bytes(0x700000001), "resident in frame 7"},
      {"vm::Record", bytes(0x900000002), "swapped to slot 9"}}},
    {"micro",
     {{"CapRights", "0300", "send notify"},
      {"abi::micro::Message",
       bytes(1ULL << 63) + bytes(8) + bytes(4) + bytes(2) + bytes(0) + bytes(0),
       "page_fault: store at 0x8 by pc 0x4"},
      {"abi::micro::Message", bytes(0) + bytes(0) + bytes(0) + bytes(0) + bytes(0) + bytes(0),
       "done"}}},
    {"spin",
     {{"spin::FrameCapability", bytes(0x300080200), "0x80200 (generation 3)"},
      {"spin::FrameCapability", bytes(0), "for nothing"}}},
    {"exo",
     {{"CapabilityName", bytes(7ULL << 36 | 3ULL << 33 | 0x80200), "0x80200 rw- (epoch 7)"},
      {"CapabilityName", bytes(0x80200), "for nothing"},
      {"CapabilityName", bytes(1ULL << 36 | 2ULL << 33 | 1ULL << 31 | 5),
       "environment 5 -w- (epoch 1)"},
      {"CapabilityName", bytes(7ULL << 33 | 2ULL << 31 | 193), "extent 193 rwx (epoch 0)"},
      {"abi::exo::Capability", bytes(1ULL << 33 | 0x80200) + bytes(0xabc),
       "0x80200 r-- (epoch 0), sealed 0xabc"},
      {"abi::exo::FrameRecord", bytes(9ULL << 48 | 2ULL << 32 | 3) + bytes(5ULL << 32 | 1),
       "environment 2's, epoch 3, 9 pins, 1 bindings, 5 mappings"},
      {"abi::exo::FrameRecord", bytes(0xffffULL << 32) + bytes(0),
       "the kernel's, epoch 0, 0 pins, 0 bindings, 0 mappings"}}},
};

// An expression, where fault_install begins, and something that GDB prints for it.
struct Shown {
    std::string expression;
    std::string words;
};

const std::map<std::string, std::vector<Shown>> AT_INSTALL{
    {"monolithic",
     {{"resolution", "page 0x11801, rw-, from zero = {"},
      {"resolution", "frame = "},
      {"kernel.processes.size()", "= 64"},
      {"*kernel.processes[0].frame", "a0 = 0x11801000,"},
      {"*kernel.processes[0].frame", "<touch>,"},
      {"kernel.processes[1]", "= unused"},
      {"kernel.system.processes_.processes_[0].name", "= \"zero-fill\""},
      {"kernel.memory.translations.spaces_[0]", "root_ = 0x8"}}},
    {"micro",
     {{"item", " -> page 0x11801, rw-"},
      {"thread.few", "{to unix (badge 0: send), empty,"},
      {"thread.space->ranges[0].pager", "to pager (badge "},
      {"thread.fault", "= store at 0x11801000 by pc 0x1"},
      {"thread.frame", "a0 = 0x11801000,"},
      {"pager.name", "= \"pager\""},
      {"kernel.threads[20]", "= unused"}}},
    {"spin",
     {{"frame", "(generation 1)"},
      {"context", "= space 0 (generation 1)"},
      {"rights", "= rw-"},
      {"page", "= 0x11801"},
      {"kernel.hart.running->name", "= \"zero-fill\""},
      {"kernel.extensions[1].name_", "= \"pager\""}}},
    {"exo",
     {{"rights", "= rw-"},
      {"address", "= 0x11801000"},
      {"environment.bindings.at(slot)", " rwx (epoch 0)"},
      {"environment.bindings", "= 3 of 6 parts = {"},
      {"environment.page->name", "= \"zero-fill\""},
      {"environment.contexts", " <slice_begins>,"},
      {"kernel.environments[1]", "= unused"},
      {"libos.memory.resolution_", "page 0x11801, rw-, from zero = {"},
      {"call_context", "<os_"}}},
};

} // namespace

TEST_CASE("debug: arguments and locals of every stage can be seen, and backtraces are whole") {
    for (const auto& kernel : debugged_kernels()) {
        CAPTURE(kernel);
        std::vector<std::string> commands;
        for (const auto& stage : STAGES)
            commands.push_back("break fault_" + stage);
        for (std::size_t i = 0; i < STAGES.size(); ++i)
            for (const char* command : {"continue", "info args", "info locals", "backtrace"})
                commands.emplace_back(command);
        const Debugged session(kernel, commands);
        CAPTURE(session.output());
        CHECK_FALSE(holds(session.output(), "optimized out"));
        CHECK_FALSE(holds(session.output(), "Cannot access memory"));
        CHECK_FALSE(holds(session.output(), "Python"));
        for (std::size_t i = 0; i < STAGES.size(); ++i) {
            const auto& backtrace = session.answer(STAGES.size() + 4 * i + 3);
            CAPTURE(backtrace);
            // The library OS's fault_resume is a part of the trap's road, of whose frames GDB tells
            // no name: the stop does.
            const bool of_trap = kernel == "exo" && STAGES[i] == "resume";
            const auto& stop = session.answer(STAGES.size() + 4 * i);
            CHECK(holds(of_trap ? stop : backtrace, (of_trap ? "In fault_" : "#0  fault_") +
                                                        STAGES[i] + (of_trap ? " at " : " (")));
            // The microkernel's pager has the rest of the road, and waits for the next message
            // while the kernel installs and resumes.
            const bool of_pager = kernel == "micro" && i >= 2;
            CHECK(holds(backtrace, of_pager ? " server_start (" : " in main ()"));
        }
        const auto& resolve = session.answer(STAGES.size() + 4 * 2 + 3);
        CHECK(holds(resolve, "fault=store at 0x11801000 by pc 0x11000"));
        CHECK(holds(session.answer(STAGES.size() + 4 * 2 + 1), "memory = "));
        CHECK(holds(session.answer(STAGES.size() + 4 * 3 + 2), "first_touch = "));
    }
}

TEST_CASE("debug: values of the tree's types are readable") {
    for (const auto& kernel : debugged_kernels()) {
        CAPTURE(kernel);
        std::vector<Printed> values = EVERYWHERE;
        const auto& more = SOMEWHERE.at(kernel);
        values.insert(values.end(), more.begin(), more.end());
        const auto& shown = AT_INSTALL.at(kernel);
        std::vector<std::string> commands{"print kernel", "tbreak fault_install", "continue"};
        const std::size_t live = commands.size();
        for (const Shown& value : shown)
            commands.push_back("print " + value.expression);
        const std::size_t made = commands.size();
        for (const Printed& value : values)
            commands.push_back(print(value));
        const Debugged session(kernel, commands);
        CHECK(holds(session.answer(0), "arguments = \"program=zero-fill\"")); // in user mode
        for (std::size_t i = 0; i < shown.size(); ++i) {
            CAPTURE(shown[i].expression);
            CAPTURE(session.answer(live + i));
            CHECK(holds(session.answer(live + i), shown[i].words));
        }
        for (std::size_t i = 0; i < values.size(); ++i) {
            CAPTURE(values[i].type);
            CAPTURE(session.answer(made + i));
            // Of what has words and members, the members follow.
            CHECK((session.answer(made + i) == values[i].words + "\n" ||
                   session.answer(made + i).starts_with(values[i].words + " = {\n")));
        }
    }
}

TEST_CASE("debug: values that lie nowhere are said to") {
    const Printed text{"std::string_view", bytes(8) + bytes(8), ""};
    const Debugged session("monolithic",
                           {print(text), "python\ntry: gdb.execute('print kernel.processes[64]')\n"
                                         "except gdb.error as why: print('refused')\nend"});
    CAPTURE(session.output());
    CHECK(session.answer(0) == "8 bytes at 0x8, which cannot be read\n");
    CHECK(holds(session.answer(1), "There are 64 elements: no [64]"));
    CHECK(holds(session.answer(1), "refused"));
}
