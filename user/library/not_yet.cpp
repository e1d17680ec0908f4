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

[[gnu::weak]] std::int64_t os_fork() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_exec() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_wait() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_kill() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_getpid() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_yield() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_read() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_open() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_close() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_dup() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_pipe() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_fstat() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_mkdir() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_mknod() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_link() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_unlink() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_chdir() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_seek() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_sync() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_mmap() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_munmap() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_mprotect() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_advise() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_handler() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_resume() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_group() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_foreground() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_terminal() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_tickets() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_statistics() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_processes() { return NOT_SUPPORTED; }
[[gnu::weak]] std::int64_t os_memory() { return NOT_SUPPORTED; }

} // extern "C"
