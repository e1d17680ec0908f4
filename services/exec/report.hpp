// Why a program could not start, or was ended: the same words on every kernel.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/fault.hpp"
#include "lib/print.hpp"
#include "lib/result.hpp"

namespace exec {

template <Sink S>
void report_no_start(S& sink, std::string_view program, std::string_view directory,
                     std::string_view file, Error why) {
    print(sink, "cannot start program '", program, "': ", directory, "/", file, ": ", to_words(why),
          "\n");
}

// PROCESS: its number, where the name does not say it all; else 0.
template <Sink S>
void report_process(S& sink, std::uint64_t process) {
    if (process != 0)
        print(sink, " (process ", process, ")");
    print(sink, "\n");
}

template <Sink S>
void report_fault(S& sink, std::string_view program, const Fault& fault, Error why,
                  std::uint64_t process = 0) {
    print(sink, "program '", program, "' ended: ", to_words(fault.access), " at pc ", hex(fault.pc),
          ", address ", hex(fault.address), ": ", to_words(why));
    report_process(sink, process);
}

template <Sink S>
void report_exception(S& sink, std::string_view program, std::string_view exception, VirtAddr pc,
                      std::uint64_t value, std::uint64_t process = 0) {
    print(sink, "program '", program, "' ended: ", exception, " at pc ", hex(pc), ", value ",
          hex(value));
    report_process(sink, process);
}

template <Sink S>
void report_nothing_pending(S& sink, std::string_view program) {
    print(sink, "nothing runnable, nothing pending: program '", program, "' sleeps for ever\n");
}

} // namespace exec
