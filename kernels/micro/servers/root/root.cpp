// The root server: everything at start, hands it out, and is told when a server breaks.
// SPDX-License-Identifier: MIT
//
// Before: load_root in ../../loader.cpp. Next: the servers that it makes, and then its loop: what
// they ask (client.hpp), and what the kernel tells of them. The boot word `personality=wired` makes
// a system of two: a pager and the program of the RAM disk, which is all there, wired.
#include "kernels/micro/library/server.hpp"
#include "kernels/micro/servers/root/client.hpp"
#include "kernels/micro/servers/root/system.hpp"

#include "abi/errors.hpp"
#include "abi/machine_exit.hpp"
#include "lib/arguments.hpp"
#include "lib/exception.hpp"
#include "services/exec/report.hpp"

const std::string_view server_name = "root";

namespace {

using micro::Message;
using micro::Received;
using root::System;

constinit System state;

std::string_view arguments() {
    return {state.boot().arguments.data(), state.boot().argument_bytes};
}

Message give_arguments(const Received& request) {
    const std::string_view text = arguments();
    const std::uint64_t count = std::min<std::uint64_t>(text.size(), request.message.words[4]);
    const auto copied = micro::to_result(micro::kernel_call(
        micro::Operation::copy_out, request.token, 0, micro::address_of(text.data()), count));
    return copied ? Message{abi::micro::label::DONE, {count}} : micro::refusal(copied.error());
}

// The program that runs alone: with it the machine ends.
bool is_program(std::uint64_t child) { return state.is_wired() && child == System::PROGRAM; }

void ended(std::uint64_t child, std::uint64_t status) {
    if (is_program(child))
        micro::end_machine(status);
    state.bury(child);
}

void report_exit(std::uint64_t child, std::uint64_t status) {
    if (is_program(child))
        micro::end_machine(machine_exit::of_program(status));
    micro::DebugConsole console;
    print(console, "server '", state.name(child), "' ended itself with status ", status, "\n");
    state.bury(child);
}

// What the kernel says of CHILD, which waits.
void heed(std::uint64_t child, const Message& message) {
    namespace label = abi::micro::label;
    micro::DebugConsole console;
    const auto& words = message.words;
    switch (message.label) {
    case label::EXITED:
        return report_exit(child, words[0]);
    case label::FAULT_REFUSED:
        exec::report_fault(
            console, state.name(child),
            Fault{VirtAddr(words[0]), VirtAddr(words[1]), static_cast<Access>(words[2])},
            abi::to_error(-static_cast<std::int64_t>(words[3])));
        return ended(child, machine_exit::PROGRAM_FAULT);
    default: // EXCEPTION
        exec::report_exception(console, state.name(child), exception::in_words(words[0]),
                               VirtAddr(words[2]), words[1]);
        return ended(child, machine_exit::PROGRAM_FAULT);
    }
}

Message serve(const Received& request) {
    return request.message.label == root::label::ARGUMENTS ? give_arguments(request)
                                                           : micro::refusal(Error::invalid);
}

} // namespace

extern "C" [[noreturn]] void server_main() {
    state.adopt(*reinterpret_cast<const abi::micro::BootPage*>(abi::micro::ROOT_BOOT_PAGE));
    const std::string_view program = argument(arguments(), "program");
    const std::string_view pager = argument(arguments(), "pager");
    const auto started = argument(arguments(), "personality") == "wired"
                             ? state.start_wired(program, pager.empty() ? "wired" : pager)
                             : state.start_unix();
    if (!started) {
        micro::DebugConsole console;
        exec::report(console, program, started.error());
        micro::end_machine(machine_exit::CANNOT_LOAD);
    }
    Message answer{}; // to nobody yet
    std::uint64_t token = abi::micro::NOBODY;
    for (;;) {
        const Received request = micro::reply_and_wait(token, answer);
        token = abi::micro::NOBODY;
        if (abi::micro::is_of_kernel(request.message.label)) {
            heed(request.badge, request.message);
            continue;
        }
        token = request.token;
        answer = serve(request);
    }
}
