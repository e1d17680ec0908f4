// What the probe is told before a run: images, functions, the fault to watch.
// SPDX-License-Identifier: MIT
//
// The names below are the trace points of the design: every kernel has them as real functions.
#include "probe_config.hpp"

#include "abi/address_map.h"
#include "failure.hpp"
#include "text.hpp"

#include <array>
#include <string_view>

namespace faultline {

static constexpr std::array FUNCTIONS = {
    "fault_receive", "fault_dispatch", "fault_resolve",        "fault_frame",
    "fault_fill",    "fault_install",  "fault_resume",         "trap_vector",
    "on_timer",      "on_device",      "on_kernel_interrupt",  "copy_across_domains",
    "on_exception",  "switch_context", "idle_until_interrupt", "timer_expired",
    "serve_devices", "await_ready",    "call_receive",         "call_serve",
    "call_wait",     "call_answer",    "end_thread",           "library_call",
    "serve_call",    "library_return", "end_environment",
};

// exo's names for what the probe knows by another: a call there is a function call, and who ends is
// an environment.
struct OtherName {
    std::string_view name;
    const char* known_as;
};
static constexpr std::array OTHER_NAMES = {
    OtherName{"library_call", "call_receive"}, OtherName{"serve_call", "call_serve"},
    OtherName{"library_return", "call_answer"}, OtherName{"end_environment", "end_thread"}};

static std::string known_as(std::string_view name) {
    for (const OtherName& other : OTHER_NAMES)
        if (other.name == name)
            return other.known_as;
    return std::string(name);
}

static const std::string REFUSAL = "refuse_call"; // of a library or a kernel
static const std::string CALL = "os_";            // begins the names of the library's functions

std::span<const char* const> traced_functions() { return FUNCTIONS; }

std::vector<PlacedImage> load_images(const Kernel& kernel, const std::filesystem::path& kernel_file,
                                     const std::filesystem::path& program) {
    std::vector<PlacedImage> images;
    for (const auto& image : kernel.images) {
        // The manifest names the kernel with the SBI timer; another variant stands in its place.
        const bool is_kernel = image.file == kernel.image;
        images.push_back({image.domain, load_symbols(is_kernel ? kernel_file : image.file)});
    }
    images.push_back({"program", load_symbols(program)});
    return images;
}

Range slots_of(const Range& range) {
    constexpr std::uint64_t slot = SLOT_SIZE;
    return {range.low / slot * slot, (range.high + slot - 1) / slot * slot};
}

static void require_distinct(const std::vector<PlacedImage>& images) {
    for (std::size_t i = 0; i < images.size(); ++i)
        for (std::size_t j = i + 1; j < images.size(); ++j) {
            const Range a = slots_of(images[i].symbols.range);
            const Range b = slots_of(images[j].symbols.range);
            if (a.low < b.high && b.low < a.high)
                throw Failure(Exit::failed,
                              images[i].symbols.file.string() + " and " +
                                  images[j].symbols.file.string() + " share addresses",
                              "Give each image a slot of its own in abi/address_map.h.");
        }
}

// A function of C, or one of C++ that is in no namespace, whatever its parameters.
static std::optional<Symbol> function_named(const Symbols& symbols, const std::string& name) {
    if (const auto plain = symbols.find(name))
        return plain;
    const std::string mangled = "_Z" + std::to_string(name.size()) + name;
    const auto found = symbols.by_name.lower_bound(mangled);
    const bool is_it = found != symbols.by_name.end() && found->first.starts_with(mangled);
    return is_it ? std::optional(found->second) : std::nullopt;
}

// Where the calls end that a kernel does not have, and what the library's calls are called.
static std::string refusals_text(const std::vector<PlacedImage>& images) {
    std::string refusals, calls;
    for (const auto& image : images) {
        if (&image == &images.back()) // the program's own only name the library's
            break;
        for (const auto& [name, symbol] : image.symbols.by_name) {
            const bool is_refusal =
                name == REFUSAL ||
                name.starts_with("_Z" + std::to_string(REFUSAL.size()) + REFUSAL);
            if (is_refusal)
                refusals += "refusal " + hex(symbol.address) + "\n";
            else if (name.starts_with(CALL))
                calls += "call " + name.substr(CALL.size()) + " " + hex(symbol.address) + "\n";
        }
    }
    return refusals.empty() ? "" : calls + refusals;
}

// A kernel of environments says where their records are, in its own.
static std::string environments_text(const Symbols& kernel) {
    const auto all = kernel.find("kernel");
    const auto begin = kernel.find("environments_begin");
    const auto end = kernel.find("environments_end");
    const auto size = kernel.find("environment_size");
    if (!all || !begin || !end || !size)
        return "";
    return "environments " + hex(all->address + begin->address) + " " +
           hex(all->address + end->address) + " " + hex(size->address) + "\n";
}

std::string probe_config_text(const ProbeConfig& config) {
    require_distinct(config.images);
    std::string text;
    for (const auto& image : config.images) {
        const Range slots = slots_of(image.symbols.range);
        text += "image " + hex(slots.low) + " " + hex(slots.high) + " " + image.domain + "\n";
        for (const char* name : FUNCTIONS)
            if (const auto symbol = function_named(image.symbols, name))
                text += "function " + known_as(name) + " " + hex(symbol->address) + " " +
                        hex(symbol->size) + "\n";
    }
    const Symbols& program = config.images.back().symbols;
    const Range slots = slots_of(program.range);
    const auto label = program.find("scenario_fault");
    text += label ? "watch pc " + hex(label->address) + " " : std::string("watch first ");
    text += hex(slots.low) + " " + hex(slots.high) + "\n";
    if (const auto end = program.find("scenario_end"); label && end)
        text += "watch_end " + hex(end->address) + "\n";
    if (const auto resumed = program.find("scenario_resumed"); label && resumed)
        text += "watch_resumed " + hex(resumed->address) + "\n";
    text += environments_text(config.images.front().symbols);
    text += refusals_text(config.images);
    if (config.limit != 0)
        text += "limit " + std::to_string(config.limit) + "\n";
    if (const auto& changes = config.changes)
        text += "changes " + hex(changes->tables.low) + " " + hex(changes->tables.high) + " " +
                hex(changes->from) + " " + hex(changes->to) + "\n";
    for (const auto& pass : config.passes)
        text += "pass " + pass.name + " " + hex(pass.address) + "\n";
    if (!config.trace_pages.empty())
        text += "trace_pages " + config.trace_pages.string() + "\n";
    text += "out " + config.result.string() + "\n";
    return text;
}

} // namespace faultline
