// What the kernel's command line says: words KEY=VALUE, separated by blanks.
// SPDX-License-Identifier: MIT
//
//   program=NAME arg=WORD...    run /bin/NAME as process 1, and end with it; without: init
//   policy=fifo|clock|lru|mru|own
//                               who is evicted
//   pool=FRAMES                 that programs may use together
//   watermarks=LOW,HIGH         free frames at which page-out begins and ends; 0,0: no page-out
//   scheduler=round-robin|stride
// In WORD a percent sign and two hexadecimal digits stand for a byte. Of two settings the last one
// counts. Keys that are not known are left to whoever knows them.
#pragma once

#include "services/exec/arguments.hpp"
#include "services/sched/scheduler.hpp"
#include "services/vm/configuration.hpp"

namespace exec {

struct Configuration {
    vm::Configuration memory;
    sched::Kind scheduler = sched::Kind::round_robin;
};

// What is wrong with a command line: the word, and what would be right.
struct WrongArgument {
    std::string_view word;
    std::string_view expected;
};

std::expected<Configuration, WrongArgument> read_configuration(std::string_view arguments);

// PROGRAM and every `arg=` become the arguments of the first program.
std::expected<void, WrongArgument>
read_program_arguments(std::string_view arguments, std::string_view program, Arguments& list);

} // namespace exec
