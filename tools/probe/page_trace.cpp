// The page trace: a second plugin, which writes down what pages user mode refers to, in order.
// SPDX-License-Identifier: MIT
//
// For simulations of replacement policies (tests/machine/policy_test.cpp). Loaded as
// `-plugin page-trace.so,out=FILE`; docs/probe.md describes the file. Which program it is cannot be
// seen from here: run one.
//
// Instructions that fault are executed again once they are mended; QEMU tells of every attempt. The
// trace names what an instruction refers to, each time it is attempted, and drops what is the same
// as the line before. So it is the same whatever the kernel replaces.
#include "api/loading_qemu.hpp"

#include <cstdio>
#include <string>
#include <string_view>
#include <unordered_map>

namespace {

constexpr std::uint64_t USER_END = 0x80000000; // abi/address_map.h; above it stands OpenSBI
constexpr unsigned PAGE_SHIFT = 12;
constexpr std::uint32_t ECALL = 0x73;

struct Site {
    std::uint64_t first_page; // of the instruction
    std::uint64_t last_page;
    bool is_ecall;
};

struct Trace {
    std::FILE* out = nullptr;
    std::unordered_map<std::uint64_t, Site> sites; // by pc; one program, whose code does not change
    const Site* here = nullptr;                    // the instruction that executes
    std::string last;                              // line written
    bool data_is_copied = false;
};

// One for the process, and never destroyed: QEMU calls leaving() after static objects are gone.
Trace* trace = nullptr;

void put(const std::string& line) {
    if (line == trace->last)
        return;
    trace->last = line;
    std::fprintf(trace->out, "%s\n", line.c_str());
}

std::string hex(std::uint64_t number) {
    char text[17];
    std::snprintf(text, sizeof text, "%llx", static_cast<unsigned long long>(number));
    return text;
}

void executing(unsigned /*vcpu*/, void* data) {
    const auto* site = static_cast<const Site*>(data);
    trace->here = site;
    put("x " + hex(site->first_page));
    if (site->last_page != site->first_page)
        put("x " + hex(site->last_page));
    if (site->is_ecall) {
        put("ecall");
        trace->last.clear(); // two calls are two lines
    }
}

void accessed(unsigned /*vcpu*/, qemu_plugin_meminfo_t info, std::uint64_t address,
              void* /*data*/) {
    const char* kind = qemu_plugin_mem_is_store(info) ? "s " : "l ";
    put(kind + hex(trace->here->last_page) + " " + hex(address >> PAGE_SHIFT));
}

void translated(qemu_plugin_id_t /*id*/, qemu_plugin_tb* block) {
    const auto count = qemu_plugin_tb_n_insns(block);
    for (std::size_t i = 0; i < count; ++i) {
        auto* insn = qemu_plugin_tb_get_insn(block, i);
        const auto pc = qemu_plugin_insn_vaddr(insn);
        if (pc >= USER_END)
            continue;
        const auto size = qemu_plugin_insn_size(insn);
        const bool is_ecall = probe::encoding(insn, size, trace->data_is_copied) == ECALL;
        const Site site{pc >> PAGE_SHIFT, (pc + size - 1) >> PAGE_SHIFT, is_ecall};
        Site& place = trace->sites.insert_or_assign(pc, site).first->second;
        qemu_plugin_register_vcpu_insn_exec_cb(insn, executing, QEMU_PLUGIN_CB_NO_REGS, &place);
        qemu_plugin_register_vcpu_mem_cb(insn, accessed, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW,
                                         nullptr);
    }
}

void leaving(qemu_plugin_id_t /*id*/, void* /*data*/) {
    if (std::ferror(trace->out) != 0 || std::fclose(trace->out) != 0)
        std::fprintf(stderr, "page-trace: the trace is not complete\n");
}

int refuse(const std::string& why) {
    std::fprintf(stderr, "page-trace: %s\n", why.c_str());
    return -1;
}

} // namespace

int qemu_plugin_version = probe::level_of_loading_qemu();

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t* info, int argc, char** argv) {
    constexpr std::string_view prefix = "out=";
    if (argc != 1 || !std::string_view(argv[0]).starts_with(prefix))
        return refuse("usage: -plugin page-trace.so,out=FILE");
    if (std::string_view(info->target_name) != "riscv64" || !info->system_emulation ||
        info->system.max_vcpus != 1)
        return refuse("only a riscv64 machine with one hart can be watched");
    trace = new Trace;
    const std::string path(std::string_view(argv[0]).substr(prefix.size()));
    trace->out = std::fopen(path.c_str(), "w");
    if (trace->out == nullptr)
        return refuse("cannot write " + path);
    trace->data_is_copied = probe::copies_data(*info);
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    qemu_plugin_register_atexit_cb(id, leaving, nullptr);
    return 0;
}
