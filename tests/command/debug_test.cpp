// What debug says at its stop is what stands there: by a real GDB.
// SPDX-License-Identifier: MIT
//
// Each session is asked for the instruction as GDB shows it, and then carried out: a page fault
// that was announced must come, at the address that was announced, and where none was none may.
#include "debugger.hpp"
#include "manifest.hpp"
#include "scratch.hpp"
#include "symbols.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace faultline;

namespace {

Manifest built() { return load_manifest(Tree::here().guest("debug")); }

const std::vector<std::string> LOOK = {"echo \\nHERE\\n", "x/i $pc", "printf \"at %#lx\\n\", $pc"};
const std::vector<std::string> STEP = {
    "stepi", "echo \\nTHERE\\n", "printf \"at %#lx\\n\", $pc",
    "printf \"mode %d cause %d epc %#lx value %#lx\\n\", $priv, $scause, $sepc, $stval",
    "info symbol $pc"};

// What was said, what stood there, and what came of one step.
struct Stop {
    std::string words;
    std::string instruction;
    std::string pc;
    std::string after;
};

Stop stop_of(const Captured& session) {
    const auto here = session.output.find("\nHERE\n");
    const auto there = session.output.find("\nTHERE\n");
    REQUIRE(here != std::string::npos);
    REQUIRE(there != std::string::npos);
    const auto look = session.output.substr(here, there - here);
    const auto instruction = match(look, ":\t([^\n]*)");
    const auto pc = match(look, "at (0x[0-9a-f]+)");
    REQUIRE(instruction.size() == 2);
    REQUIRE(pc.size() == 2);
    return {unwrapped(session.output.substr(0, here)), instruction[1], pc[1],
            session.output.substr(there)};
}

// The mnemonic of a load (13 is the cause of its page fault) or of a store (15).
std::string access_pattern(const std::string& kind) {
    return kind == "load" ? "^f?l[bhwd]u?\t|^lr" : "^f?s[bhwd]\t|^sc";
}

void check_page_fault(const Stop& stop, const std::string& kind, const std::string& address) {
    const std::string cause = kind == "load" ? "13" : "15";
    CHECK_FALSE(match(stop.instruction, access_pattern(kind)).empty());
    CHECK(says(stop.after, "mode 1 cause " + cause + " epc " + stop.pc + " value " + address));
    CHECK(says(stop.after, "trap_vector in section"));
}

// Which kind of words they were; fails where they are not true, or not known here.
std::string check_words(const Stop& stop) {
    CAPTURE(stop.words);
    CAPTURE(stop.instruction);
    CAPTURE(stop.after);
    if (const auto said = match(stop.words, "A (load|store) at (0x[0-9a-f]+), where [-a-z, ]*: "
                                            "stepi takes the page fault, into the kernel");
        !said.empty()) {
        check_page_fault(stop, said[1], said[2]);
        return "page fault";
    }
    if (const auto said = match(stop.words, "A (load|store) at 0x[0-9a-f]+. Its page is there");
        !said.empty()) {
        CHECK_FALSE(match(stop.instruction, access_pattern(said[1])).empty());
        CHECK(says(stop.after, "mode 0 "));
        return "access";
    }
    if (says(stop.words, "The instruction itself is not in memory")) {
        CHECK(says(stop.after, "mode 1 cause 12 epc " + stop.pc));
        return "fetch";
    }
    if (const auto said = match(stop.words, "A call (?:of|to) (\\w+)(?:\\(\\))?, no fault");
        !said.empty()) {
        CHECK_FALSE(match(stop.instruction, "^(jal|jalr|auipc)\t").empty());
        CHECK(says(stop.after, "mode 0 "));
        if (!stop.instruction.starts_with("auipc")) // half of it
            CHECK(says(stop.after, said[1]));
        return "call";
    }
    if (says(stop.words, "A system call: stepi goes into the kernel")) {
        CHECK(stop.instruction == "ecall");
        CHECK(says(stop.after, "mode 1 cause 8 epc " + stop.pc));
        return "system call";
    }
    if (says(stop.words, "A breakpoint exception: stepi goes into the kernel")) {
        CHECK(stop.instruction == "ebreak");
        CHECK(says(stop.after, "mode 1 cause 3 epc " + stop.pc));
        return "breakpoint";
    }
    if (says(stop.words, "An illegal instruction, no page fault. The firmware takes it first")) {
        CHECK(says(stop.after, "mode 3 "));
        return "illegal";
    }
    if (says(stop.words, "No fault: here begins the stretch up to scenario_end")) {
        CHECK(says(stop.after, "mode 0 "));
        return "stretch";
    }
    CHECK(says(stop.words, "nothing traps here by itself"));
    CHECK(says(stop.after, "mode 0 "));
    return "nothing";
}

// The stop of one session, checked.
std::string kind_of_stop(const DebugSession& session) {
    CAPTURE(session.kernel + " " + session.program);
    auto asked = session;
    asked.commands = LOOK;
    asked.commands.insert(asked.commands.end(), STEP.begin(), STEP.end());
    const auto result = debug(asked);
    CAPTURE(result.output);
    CHECK(says(result.output,
               " on " + session.kernel + ", debug build (addresses of compare --build debug)."));
    for (const auto& line : lines_of(result.output.substr(0, result.output.find("\nHERE\n"))))
        if (!line.starts_with("#") && !line.starts_with("=>")) // paths and types of the tree's
            CHECK_MESSAGE(line.size() <= 80, line);
    return check_words(stop_of(result));
}

const std::map<std::string, std::string> KINDS = {{"call", "call"},
                                                  {"reclaim", "call"},
                                                  {"schedule", "call"},
                                                  {"exception", "illegal"},
                                                  {"interrupt", "stretch"}};

// Of all scenarios of all kernels every second one, beginning with FIRST: two halves run at a time.
void check_scenarios(std::size_t first) {
    const auto manifest = built();
    std::size_t number = 0;
    for (const auto& program : manifest.programs) {
        if (!load_symbols(program.file).find("scenario_fault"))
            continue;
        for (const auto& kernel : manifest.kernels) {
            if (!kernel.missing_for(program).empty() || number++ % 2 != first)
                continue;
            const auto known = KINDS.find(program.name);
            // Where the advice is heeded, the page of the first access is there still.
            const bool is_there = program.name == "policy" && kernel.name != "monolithic";
            CHECK(kind_of_stop({kernel.name, program.name}) == (is_there ? "access"
                                                                : known == KINDS.end()
                                                                    ? "page fault"
                                                                    : known->second));
        }
    }
    CHECK(number >= manifest.kernels.size());
}

// A program whose one function in assembly has the label at INSTRUCTION.
std::filesystem::path labelled(const Scratch& scratch, const std::string& instruction) {
    return source_file(scratch.path(),
                       "char* heap = reinterpret_cast<char*>(os::sbrk(4096));\n*heap = 1;\n"
                       "watched(heap); return 0;",
                       "asm(\".text; .global watched; watched: mv t1, ra; mv a1, a0;\"\n"
                       "    \".global scenario_fault; scenario_fault: " +
                           instruction + "; mv ra, t1; ret\");\nextern \"C\" void watched(char*);");
}

} // namespace

TEST_CASE("debug's words are true of every scenario of every kernel, first half") {
    check_scenarios(0);
}

TEST_CASE("debug's words are true of every scenario of every kernel, second half") {
    check_scenarios(1);
}

TEST_CASE("debug's words are true of labels in programs of one's own") {
    const std::vector<std::pair<std::string, std::string>> instructions = {
        {"sb zero, 0(a1)", "access"},       {"ld a0, 0(a1)", "access"},
        {"sb zero, 8(zero)", "page fault"}, {"lw a0, -4(a1)", "page fault"},
        {"call os_uptime", "call"},         {"li a7, 99", "nothing"},
        {"ecall", "system call"},           {"ebreak", "breakpoint"},
        {"csrr a0, sstatus", "illegal"},    {".word 0xffffffff", "illegal"},
    };
    const Scratch scratch;
    const auto names = built().kernel_names();
    for (std::size_t i = 0; i < instructions.size(); ++i) {
        CAPTURE(instructions[i].first);
        const auto file = labelled(scratch, instructions[i].first);
        CHECK(kind_of_stop({names[i % names.size()], file.string()}) == instructions[i].second);
    }
}

TEST_CASE("debug stops a program of one's own before its first page fault, on every kernel") {
    const Scratch scratch;
    const auto file = source_file(
        scratch.path(), "char* heap = reinterpret_cast<char*>(os::sbrk(8192));\n"
                        "heap[5] = 1;\nheap[4098] = 2;\n"
                        "os::write(heap[5] + heap[4098] == 3 ? \"both are mended\\n\" : \"\");\n"
                        "return 0;");
    for (const auto& kernel : built().kernel_names()) {
        CAPTURE(kernel);
        CHECK(kind_of_stop({kernel, file.string()}) == "page fault");
        const auto result =
            debug({kernel, file.string(), {"bt", "next-fault", "next-fault", "bt"}});
        CAPTURE(result.output);
        CHECK(says(result.output, "mine.cpp:5"));
        CHECK(says(result.output, "A store at 0x1f800005"));
        CHECK(says(result.output, "mine.cpp:6"));
        CHECK(says(result.output, "A store at 0x1f801002"));
        CHECK(says(unwrapped(result.output), "mine took no more page fault"));
        CHECK(says(result.output, "end_machine"));
        // The trap that was taken back leaves no trace.
        CHECK(says(debug({kernel, file.string(), {"continue"}}).output, "both are mended"));
    }
}

TEST_CASE("debug says that a program takes no page fault, and can stop where it begins") {
    const Scratch scratch;
    const auto file = source_file(scratch.path(), "os::write(\"done\\n\");\nreturn 0;");
    for (const auto& kernel : built().kernel_names()) {
        CAPTURE(kernel);
        const auto none = debug({kernel, file.string(), {"bt"}});
        CAPTURE(none.output);
        CHECK(says(unwrapped(none.output), "mine took no page fault of a load or store"));
        CHECK(says(none.output, "done"));
        const auto start = debug({kernel, file.string(), {"kill"}, {"--at-start"}});
        CHECK(says(start.output, "Stopped at its first instruction"));
        CHECK_FALSE(says(start.output, "done"));
    }
}

TEST_CASE("debug shows the addresses that compare --build debug shows") {
    const auto compared = call({{"compare", "--build", "debug", "--json", "-"}, {}});
    REQUIRE(compared.ended.status == 0);
    const auto json = nlohmann::json::parse(compared.output);
    for (const auto& kernel : json.at("kernels")) {
        const auto result = debug({kernel.at("kernel"), "zero-fill", LOOK});
        CAPTURE(result.output);
        CHECK(says(result.output, "at " + kernel.at("pc").get<std::string>()));
        CHECK(says(result.output, "A store at " + kernel.at("va").get<std::string>()));
    }
}

TEST_CASE("the words on an illegal instruction and on an interrupt lead there") {
    const auto manifest = built();
    const auto& kernel = manifest.kernels.front();
    if (!kernel.missing_for(manifest.program("exception")).empty() ||
        !kernel.missing_for(manifest.program("interrupt")).empty())
        return;
    const auto exception = debug(
        {kernel.name,
         "exception",
         {"thbreak trap_vector", "continue", "printf \"cause %d epc %#lx\\n\", $scause, $sepc",
          "print (long) &scenario_fault == $sepc"}});
    CAPTURE(exception.output);
    CHECK(says(exception.output, "cause 2 epc"));
    CHECK(says(exception.output, "= true"));
    const auto interrupt =
        debug({kernel.name, "interrupt", {"thbreak on_device", "continue", "bt"}});
    CAPTURE(interrupt.output);
    CHECK(says(interrupt.output, "#0  on_device"));
    CHECK(says(interrupt.output, " compute ("));
}
