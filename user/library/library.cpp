// The system library where calls go by number (monolithic, SPIN): each call is one ecall.
// SPDX-License-Identifier: MIT
//
// Before: the program, through the jump table (abi/library_table.S). Next: trap_vector in the
// kernel's entry.S. What is not just a call is in start.cpp and fault_handler.cpp.
#include "system_call.hpp"

#include "lib/panic.hpp"
#include "user/lib/calls.hpp"

using abi::SystemCall;

extern "C" {

void os_exit(std::int64_t status) {
    system_call(SystemCall::exit, number(status));
    panic("exit returned");
}
std::int64_t os_write(std::int64_t descriptor, const void* bytes, std::size_t count) {
    return system_call(SystemCall::write, number(descriptor), number(bytes), count);
}
std::int64_t os_sbrk(std::int64_t bytes) { return system_call(SystemCall::sbrk, number(bytes)); }
std::int64_t os_sleep(std::uint64_t ticks) { return system_call(SystemCall::sleep, ticks); }
std::uint64_t os_uptime() { return static_cast<std::uint64_t>(system_call(SystemCall::uptime)); }

std::int64_t os_fork() { return system_call(SystemCall::fork); }
std::int64_t os_exec(const char* path, std::size_t bytes, const abi::TextView* arguments,
                     std::size_t count) {
    return system_call(SystemCall::exec, number(path), bytes, number(arguments), count);
}
std::int64_t os_wait(std::int64_t* status) { return system_call(SystemCall::wait, number(status)); }
std::int64_t os_kill(std::int64_t process) {
    return system_call(SystemCall::kill, number(process));
}
std::int64_t os_kill_group(std::int64_t group) {
    return system_call(SystemCall::kill_group, number(group));
}
std::int64_t os_getpid() { return system_call(SystemCall::getpid); }
std::int64_t os_yield() { return system_call(SystemCall::yield); }

std::int64_t os_read(std::int64_t descriptor, void* bytes, std::size_t count) {
    return system_call(SystemCall::read, number(descriptor), number(bytes), count);
}
std::int64_t os_open(const char* path, std::size_t bytes, std::uint64_t flags) {
    return system_call(SystemCall::open, number(path), bytes, flags);
}
std::int64_t os_close(std::int64_t descriptor) {
    return system_call(SystemCall::close, number(descriptor));
}
std::int64_t os_dup(std::int64_t descriptor) {
    return system_call(SystemCall::dup, number(descriptor));
}
std::int64_t os_pipe(std::int64_t* ends) { return system_call(SystemCall::pipe, number(ends)); }
std::int64_t os_fstat(std::int64_t descriptor, void* stat) {
    return system_call(SystemCall::fstat, number(descriptor), number(stat));
}
std::int64_t os_mkdir(const char* path, std::size_t bytes) {
    return system_call(SystemCall::mkdir, number(path), bytes);
}
std::int64_t os_mknod(const char* path, std::size_t bytes, std::uint64_t major,
                      std::uint64_t minor) {
    return system_call(SystemCall::mknod, number(path), bytes, major, minor);
}
std::int64_t os_link(const char* old_path, std::size_t old_bytes, const char* new_path,
                     std::size_t new_bytes) {
    return system_call(SystemCall::link, number(old_path), old_bytes, number(new_path), new_bytes);
}
std::int64_t os_unlink(const char* path, std::size_t bytes) {
    return system_call(SystemCall::unlink, number(path), bytes);
}
std::int64_t os_chdir(const char* path, std::size_t bytes) {
    return system_call(SystemCall::chdir, number(path), bytes);
}
std::int64_t os_seek(std::int64_t descriptor, std::uint64_t offset) {
    return system_call(SystemCall::seek, number(descriptor), offset);
}
std::int64_t os_sync() { return system_call(SystemCall::sync); }

std::int64_t os_mmap(std::uint64_t address, std::uint64_t bytes, std::uint64_t rights,
                     std::uint64_t flags, std::int64_t descriptor, std::uint64_t offset) {
    return system_call(SystemCall::mmap, address, bytes, rights, flags, number(descriptor), offset);
}
std::int64_t os_munmap(std::uint64_t address, std::uint64_t bytes) {
    return system_call(SystemCall::munmap, address, bytes);
}
std::int64_t os_mprotect(std::uint64_t address, std::uint64_t bytes, std::uint64_t rights) {
    return system_call(SystemCall::mprotect, address, bytes, rights);
}
std::int64_t os_advise(std::uint64_t address, std::uint64_t bytes, std::uint64_t advice) {
    return system_call(SystemCall::advise, address, bytes, advice);
}
std::int64_t os_resume(const abi::FaultContext* context) {
    return system_call(SystemCall::resume, number(context));
}

std::int64_t os_group(std::int64_t process, std::int64_t group) {
    return system_call(SystemCall::group, number(process), number(group));
}
std::int64_t os_foreground(std::int64_t group) {
    return system_call(SystemCall::foreground, number(group));
}
std::int64_t os_terminal(std::uint64_t mode) { return system_call(SystemCall::terminal, mode); }
std::int64_t os_tickets(std::uint64_t count) { return system_call(SystemCall::tickets, count); }
std::int64_t os_schedule_group(std::uint64_t scheduling) {
    return system_call(SystemCall::schedule_group, scheduling);
}
std::int64_t os_statistics(void* statistics, std::size_t bytes) {
    return system_call(SystemCall::statistics, number(statistics), bytes);
}
std::int64_t os_processes(void* rows, std::size_t count) {
    return system_call(SystemCall::processes, number(rows), count);
}
std::int64_t os_memory(std::uint64_t frames) { return system_call(SystemCall::memory, frames); }

std::int64_t os_call(std::uint64_t number, const std::uint64_t* arguments) {
    return any_system_call(number, arguments);
}
std::uint64_t os_null_call() { return count_call(SystemCall::getpid); }

} // extern "C"
