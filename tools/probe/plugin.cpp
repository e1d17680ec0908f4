// The plugin: what QEMU loads. Turns its callbacks into the engine's events.
// SPDX-License-Identifier: MIT
//
// QEMU calls qemu_plugin_install() once, translated() for each block of guest code it translates,
// then executing() and accessed() while the guest runs, and leaving() at its end. docs/probe.md
// tells the story.
#include "api/loading_qemu.hpp"

#include "changes.hpp"
#include "configuration.hpp"
#include "decode.hpp"
#include "engine.hpp"
#include "layout.hpp"
#include "page_tracer.hpp"
#include "passes.hpp"
#include "refusals.hpp"
#include "result.hpp"
#include "span.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>
#include <termios.h>
#include <unistd.h>
#include <unordered_map>

namespace {

constexpr int exit_at_limit = 124;
constexpr int exit_unwritten = 125;

// QEMU's qemu_plugin_mem_value, as far as it is used here; 7.2 has none.
struct StoredValue {
    enum class Size : int { bits8, bits16, bits32, bits64, bits128 } size;
    union {
        std::uint16_t bits16;
        std::uint32_t bits32;
        std::uint64_t largest[2];
    };
};
using ValueOf = StoredValue (*)(qemu_plugin_meminfo_t);

struct Probe {
    explicit Probe(probe::Configuration given)
        : configuration(std::move(given)), layout(configuration), engine(configuration),
          refusals(configuration), passes(configuration),
          span(configuration.span ? std::optional(probe::Span(*configuration.span)) : std::nullopt),
          changes(configuration.changes ? std::optional(probe::Changes(*configuration.changes))
                                        : std::nullopt),
          limit(configuration.limit.value_or(std::numeric_limits<std::uint64_t>::max())) {}

    const probe::Configuration configuration;
    const probe::Layout layout;
    probe::Engine engine;
    probe::Refusals refusals;
    probe::Passes passes;
    std::optional<probe::Span> span;
    std::optional<probe::Changes> changes;
    std::ofstream pages; // of the trace, where one is asked for
    std::optional<probe::PageTracer> tracer;
    const std::uint64_t limit;
    // One for each address and encoding seen; they stay where they are while more are added.
    std::unordered_map<std::uint64_t, std::unordered_map<std::uint32_t, probe::Site>> sites;
    bool data_is_copied = false; // API version 3 on: qemu_plugin_insn_data copies
    ValueOf value_of = nullptr;  // where this QEMU has it
    termios terminal{};
    bool has_terminal = false;
    bool written = false;
};

// One for the process, and never destroyed: QEMU calls leaving() after the plugin's static objects
// are gone.
Probe* the_probe = nullptr;

void write_result(probe::End end) {
    the_probe->written = true;
    const auto& configuration = the_probe->configuration;
    const probe::Ending ending{
        end, end == probe::End::span ? &*the_probe->span : nullptr, the_probe->refusals.names(),
        the_probe->changes ? &*the_probe->changes : nullptr, the_probe->passes.counts()};
    const auto text = probe::to_json(the_probe->engine, ending, configuration.domains);
    auto error = probe::write_atomically(configuration.out, text);
    if (the_probe->tracer) {
        the_probe->tracer->finish();
        the_probe->pages.close();
        if (!the_probe->pages && error.empty())
            error = "cannot write " + configuration.trace_pages;
    }
    if (error.empty())
        return;
    std::fprintf(stderr, "probe: the result is lost: %s\n", error.c_str());
    if (the_probe->has_terminal)
        tcsetattr(STDIN_FILENO, TCSANOW, &the_probe->terminal);
    _exit(exit_unwritten);
}

// We are in the middle of a guest instruction: no orderly shutdown is possible, and none is needed.
[[noreturn]] void end_here(probe::End end, int exit_code) {
    the_probe->engine.finish(probe::Engine::UnderWay::dropped);
    write_result(end);
    if (the_probe->has_terminal)
        tcsetattr(STDIN_FILENO, TCSANOW, &the_probe->terminal);
    std::fflush(nullptr);
    _exit(exit_code);
}

void executing(unsigned /*vcpu*/, void* data) {
    auto& engine = the_probe->engine;
    const auto& site = *static_cast<const probe::Site*>(data);
    engine.execute(site);
    if (the_probe->span)
        the_probe->span->execute(site);
    if (the_probe->changes)
        the_probe->changes->execute(site);
    if (the_probe->tracer)
        the_probe->tracer->execute(site, engine.machine().page_faults);
    if (engine.machine().instructions >= the_probe->limit)
        end_here(probe::End::limit, exit_at_limit);
}

// Only of the few instructions that concern it.
void calling(unsigned /*vcpu*/, void* data) {
    const auto pc = static_cast<const probe::Site*>(data)->pc;
    the_probe->refusals.execute(pc);
    the_probe->passes.execute(pc);
}

// Does this store switch the machine off, or reset it? QEMU 7.2 exits within the store and never
// comes here; 10.0 asks its main thread to stop the machine, and the hart runs on until then.
bool switches_off(qemu_plugin_meminfo_t info, std::uint64_t address) {
    constexpr std::uint64_t page_offset = 0xfff;
    if ((address & page_offset) != 0 || !the_probe->value_of || !qemu_plugin_mem_is_store(info))
        return false;
    const auto stored = the_probe->value_of(info);
    std::uint32_t value = 0;
    if (stored.size == StoredValue::Size::bits16)
        value = stored.bits16;
    else if (stored.size == StoredValue::Size::bits32)
        value = stored.bits32 & 0xffff; // above it stands the exit code
    if (value != 0x3333 && value != 0x5555 && value != 0x7777)
        return false;
    const auto* place = qemu_plugin_get_hwaddr(info, address);
    return place && qemu_plugin_hwaddr_is_io(place) &&
           qemu_plugin_hwaddr_phys_addr(place) == probe::test_device;
}

bool is_serial_output(qemu_plugin_meminfo_t info, std::uint64_t address) {
    const auto* place =
        qemu_plugin_mem_is_store(info) ? qemu_plugin_get_hwaddr(info, address) : nullptr;
    return place && qemu_plugin_hwaddr_is_io(place) &&
           qemu_plugin_hwaddr_phys_addr(place) == probe::serial_port;
}

void accessed(unsigned /*vcpu*/, qemu_plugin_meminfo_t info, std::uint64_t address,
              void* /*data*/) {
    if (switches_off(info, address)) {
        the_probe->engine.switched_off();
        return; // not counted, as on QEMU 7.2
    }
    if (the_probe->span && the_probe->span->armed() && is_serial_output(info, address))
        end_here(probe::End::span, 0);
    if (the_probe->changes)
        the_probe->changes->accessed(address, qemu_plugin_mem_is_store(info));
    if (the_probe->tracer)
        the_probe->tracer->accessed(address, qemu_plugin_mem_is_store(info));
    the_probe->engine.accessed(address, 1U << qemu_plugin_mem_size_shift(info),
                               qemu_plugin_mem_is_store(info));
}

void translated(qemu_plugin_tb* block) {
    const auto count = qemu_plugin_tb_n_insns(block);
    for (std::size_t i = 0; i < count; ++i) {
        auto* insn = qemu_plugin_tb_get_insn(block, i);
        const auto pc = qemu_plugin_insn_vaddr(insn);
        const auto size = qemu_plugin_insn_size(insn);
        const auto word = probe::encoding(insn, size, the_probe->data_is_copied);
        auto& here = the_probe->sites[pc];
        auto found = here.find(word);
        if (found == here.end()) {
            const auto decoded = probe::decode(word, static_cast<unsigned>(size));
            const auto site = the_probe->layout.site(pc, static_cast<unsigned>(size), decoded);
            found = here.emplace(word, site).first;
        }
        qemu_plugin_register_vcpu_insn_exec_cb(insn, executing, QEMU_PLUGIN_CB_NO_REGS,
                                               &found->second);
        if (the_probe->refusals.concern(pc) || the_probe->passes.concern(pc))
            qemu_plugin_register_vcpu_insn_exec_cb(insn, calling, QEMU_PLUGIN_CB_NO_REGS,
                                                   &found->second);
        qemu_plugin_register_vcpu_mem_cb(insn, accessed, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW,
                                         nullptr);
    }
}

void leaving() {
    if (the_probe->written)
        return;
    the_probe->engine.finish(probe::Engine::UnderWay::done);
    write_result(probe::End::exit);
}

int refuse(const std::string& why) {
    std::fprintf(stderr, "probe: %s\n", why.c_str());
    return -1;
}

} // namespace

int qemu_plugin_version = probe::level_of_loading_qemu();

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t* info, int argc, char** argv) {
    constexpr std::string_view prefix = "config=";
    if (argc != 1 || !std::string_view(argv[0]).starts_with(prefix))
        return refuse("usage: -plugin probe.so,config=FILE");
    if (std::string_view(info->target_name) != "riscv64" || !info->system_emulation)
        return refuse("this QEMU does not emulate a riscv64 machine");
    if (info->system.max_vcpus != 1 || info->system.smp_vcpus != 1)
        return refuse("only a machine with one hart can be watched: pass -smp 1");
    const std::string path(std::string_view(argv[0]).substr(prefix.size()));
    std::ifstream file(path);
    if (!file)
        return refuse("cannot read " + path + ": " + std::strerror(errno));
    auto parsed = probe::parse(file, path);
    if (!parsed.error.empty())
        return refuse(parsed.error);

    the_probe = new Probe(std::move(parsed.configuration));
    if (const auto& pages = the_probe->configuration.trace_pages; !pages.empty()) {
        the_probe->pages.open(pages);
        if (!the_probe->pages)
            return refuse("cannot write " + pages + ": " + std::strerror(errno));
        const auto program =
            the_probe->layout.site(the_probe->configuration.watch.program.low, 4, {});
        the_probe->tracer.emplace(the_probe->pages, program.domain);
    }
    the_probe->data_is_copied = probe::copies_data(*info);
    the_probe->value_of =
        reinterpret_cast<ValueOf>(dlsym(RTLD_DEFAULT, "qemu_plugin_mem_get_value"));
    the_probe->has_terminal = tcgetattr(STDIN_FILENO, &the_probe->terminal) == 0;
    probe::register_callbacks(id, *info, {translated, leaving});
    return 0;
}
