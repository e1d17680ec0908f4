// The jump table as C++ sees it: the calls by their plain names, with plain arguments.
// SPDX-License-Identifier: MIT
//
// Before: the API's functions (os.hpp), which programs call instead of these. Next: the running
// kernel's system library, behind abi/library_table.h. A text is its address and its bytes. A
// negative result is an error, negated (abi/errors.hpp).
#pragma once

#include "abi/calls/memory.hpp"
#include "abi/calls/system_calls.hpp"

#include <cstddef>
#include <cstdint>

// A program's _start (user/start.cpp), as start_program calls it: how many arguments, and them.
using ProgramEntry = void (*)(std::size_t count, const abi::TextView* arguments);

extern "C" {

[[noreturn]] void os_exit(std::int64_t status);
std::int64_t os_write(std::int64_t descriptor, const void* bytes, std::size_t count);
std::int64_t os_sbrk(std::int64_t bytes);
std::int64_t os_sleep(std::uint64_t ticks);
std::uint64_t os_uptime();

std::int64_t os_fork();
std::int64_t os_exec(const char* path, std::size_t bytes, const abi::TextView* arguments,
                     std::size_t count);
std::int64_t os_wait(std::int64_t* status);
std::int64_t os_kill(std::int64_t process);
std::int64_t os_kill_group(std::int64_t group);
std::int64_t os_getpid();
std::int64_t os_yield();

std::int64_t os_read(std::int64_t descriptor, void* bytes, std::size_t count);
std::int64_t os_open(const char* path, std::size_t bytes, std::uint64_t flags);
std::int64_t os_close(std::int64_t descriptor);
std::int64_t os_dup(std::int64_t descriptor);
std::int64_t os_pipe(std::int64_t* ends);
std::int64_t os_fstat(std::int64_t descriptor, void* stat);
std::int64_t os_mkdir(const char* path, std::size_t bytes);
std::int64_t os_mknod(const char* path, std::size_t bytes, std::uint64_t major,
                      std::uint64_t minor);
std::int64_t os_link(const char* old_path, std::size_t old_bytes, const char* new_path,
                     std::size_t new_bytes);
std::int64_t os_unlink(const char* path, std::size_t bytes);
std::int64_t os_chdir(const char* path, std::size_t bytes);
std::int64_t os_seek(std::int64_t descriptor, std::uint64_t offset);
std::int64_t os_sync();

std::int64_t os_mmap(std::uint64_t address, std::uint64_t bytes, std::uint64_t rights,
                     std::uint64_t flags, std::int64_t descriptor, std::uint64_t offset);
std::int64_t os_munmap(std::uint64_t address, std::uint64_t bytes);
std::int64_t os_mprotect(std::uint64_t address, std::uint64_t bytes, std::uint64_t rights);
std::int64_t os_advise(std::uint64_t address, std::uint64_t bytes, std::uint64_t advice);
std::int64_t os_handler(void (*handler)(abi::FaultContext&));
std::int64_t os_resume(const abi::FaultContext* context);

std::int64_t os_group(std::int64_t process, std::int64_t group);
std::int64_t os_foreground(std::int64_t group);
std::int64_t os_terminal(std::uint64_t mode);
std::int64_t os_tickets(std::uint64_t count);
std::int64_t os_schedule_group(std::uint64_t scheduling);
std::int64_t os_statistics(void* statistics, std::size_t bytes);
std::int64_t os_processes(void* rows, std::size_t count);
std::int64_t os_memory(std::uint64_t frames);

// Any call, by a number that may be none's and with any six ARGUMENTS: the way of the call itself,
// with nothing before it. For tests.
std::int64_t os_call(std::uint64_t number, const std::uint64_t* arguments);
// Guest instructions of a call that does next to nothing (getpid), without the library's own around
// it: those between two reads of the counter, where the call stands alone. For measurements.
std::uint64_t os_null_call();

} // extern "C"
