// The calls that a kernel's system library does not have yet: each answers "not supported".
// SPDX-License-Identifier: MIT
//
// Linked into the libraries of the kernels that answer but few calls; a definition elsewhere in the
// library comes before the weak one here. Arguments do not matter, so no header declares these.
#include "abi/errors.hpp"

namespace {

constexpr std::int64_t NOT_SUPPORTED = abi::to_number(Error::not_supported);

} // namespace

extern "C" {

// Where all of them end: from outside it shows that a program asks for what there is not yet.
[[gnu::noipa]] std::int64_t refuse_call() { return NOT_SUPPORTED; }

[[gnu::weak]] std::int64_t os_fork() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_exec() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_wait() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_kill() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_kill_group() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_getpid() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_yield() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_read() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_open() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_close() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_dup() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_pipe() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_fstat() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_mkdir() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_mknod() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_link() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_unlink() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_chdir() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_seek() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_sync() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_mmap() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_munmap() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_mprotect() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_advise() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_handler() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_resume() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_group() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_foreground() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_terminal() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_tickets() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_schedule_group() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_statistics() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_processes() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_memory() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_call() { return refuse_call(); }
[[gnu::weak]] std::int64_t os_null_call() { return refuse_call(); }

} // extern "C"
