// A number becomes a function.
// SPDX-License-Identifier: MIT
//
// Before: on_syscall in entry.cpp. The program's side is user/library/library.cpp.
#include "syscall.hpp"

#include "authority.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "abi/calls/system_calls.hpp"

namespace {

constexpr std::uint64_t ECALL_BYTES = 4;

bool is_console(std::uint64_t descriptor) { return descriptor == 1 || descriptor == 2; }

Result<std::uint64_t> write(const Process& process, std::uint64_t descriptor, VirtAddr source,
                            std::uint64_t count) {
    if (!is_console(descriptor))
        return std::unexpected(Error::invalid);
    TRY(print_from_user(kernel.memory.translations[process.space], source, count));
    return count;
}

Result<std::uint64_t> sbrk(Process& process, std::uint64_t bytes) {
    return TRY(kernel.memory.move_break(process.space, static_cast<std::int64_t>(bytes))).raw();
}

std::uint64_t sleep(std::uint64_t ticks) {
    sleep_until(timer::deadline_in(ticks));
    return 0;
}

Result<std::uint64_t> call(Process& process, const TrapFrame& frame) {
    using abi::SystemCall;
    switch (static_cast<SystemCall>(frame.x(reg::A7))) {
    case SystemCall::exit:
        end_process(frame.x(reg::A0));
    case SystemCall::write:
        return write(process, frame.x(reg::A0), VirtAddr(frame.x(reg::A1)), frame.x(reg::A2));
    case SystemCall::sbrk:
        return sbrk(process, frame.x(reg::A0));
    case SystemCall::sleep:
        return sleep(frame.x(reg::A0));
    case SystemCall::uptime:
        return timer::now();
    default:
        break;
    }
    return std::unexpected(Error::invalid);
}

} // namespace

void handle_system_call(TrapFrame& frame) {
    frame.pc += ECALL_BYTES;
    frame.x(reg::A0) = to_abi(call(running_process(), frame));
}
