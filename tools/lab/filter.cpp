// System calls that no job needs and that would let it out.
// SPDX-License-Identifier: MIT
//
// A program for the host kernel's seccomp (its Documentation/userspace-api/seccomp_filter): loads
// the number of the call, compares it with each of a list, and refuses. What is not on the list is
// allowed: compilers and QEMU differ by release in what they call.
#include "filter.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <vector>

namespace lab {

namespace {

constexpr std::array REFUSED = {
    // the network, and sockets by name of other processes on this machine
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_sendto,
    // other ways to the same calls
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
    // other processes
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_getfd, SYS_kcmp,
    // what lives on when the last process is gone
    SYS_shmget, SYS_msgget, SYS_semget, SYS_mq_open, SYS_add_key, SYS_request_key, SYS_keyctl,
    // namespaces and mounts
    SYS_unshare, SYS_setns, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_tree,
    SYS_move_mount, SYS_fsopen, SYS_open_by_handle_at,
    // the host kernel's own machinery
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_init_module, SYS_finit_module,
    SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_swapon, SYS_syslog, SYS_acct, SYS_quotactl};

#if defined(__x86_64__)
constexpr std::uint32_t ARCHITECTURE = AUDIT_ARCH_X86_64;
constexpr std::uint32_t FOREIGN = 0x4000'0000; // calls of the x32 ABI, by other numbers
#elif defined(__aarch64__)
constexpr std::uint32_t ARCHITECTURE = AUDIT_ARCH_AARCH64;
constexpr std::uint32_t FOREIGN = 0xffff'ffff;
#elif defined(__riscv)
constexpr std::uint32_t ARCHITECTURE = AUDIT_ARCH_RISCV64;
constexpr std::uint32_t FOREIGN = 0xffff'ffff;
#else
#error "Name the audit architecture of this host"
#endif

constexpr std::uint16_t LOAD = BPF_LD | BPF_W | BPF_ABS;
constexpr std::uint16_t IF_EQUAL = BPF_JMP | BPF_JEQ | BPF_K;
constexpr std::uint16_t IF_AT_LEAST = BPF_JMP | BPF_JGE | BPF_K;
constexpr std::uint16_t IF_ANY_BIT = BPF_JMP | BPF_JSET | BPF_K;
constexpr std::uint16_t ANSWER = BPF_RET | BPF_K;

sock_filter step(std::uint16_t code, std::uint32_t value, std::uint8_t yes = 0,
                 std::uint8_t no = 0) {
    return {code, yes, no, value};
}

std::vector<sock_filter> program() {
    constexpr std::uint32_t number = offsetof(seccomp_data, nr);
    constexpr std::uint32_t first = offsetof(seccomp_data, args); // its lower half
    constexpr std::uint32_t refuse = SECCOMP_RET_ERRNO | EPERM;
    std::vector<sock_filter> steps = {
        step(LOAD, offsetof(seccomp_data, arch)), step(IF_EQUAL, ARCHITECTURE, 1),
        step(ANSWER, SECCOMP_RET_KILL_PROCESS),   step(LOAD, number),
        step(IF_AT_LEAST, FOREIGN, 0, 1),         step(ANSWER, refuse)};
    for (const auto call : REFUSED) {
        steps.push_back(step(IF_EQUAL, static_cast<std::uint32_t>(call), 0, 1));
        steps.push_back(step(ANSWER, refuse));
    }
    // clone3 keeps its flags in memory, where a filter cannot look; without it libc calls clone.
    for (const auto& more :
         {step(IF_EQUAL, SYS_clone3, 0, 1), step(ANSWER, SECCOMP_RET_ERRNO | ENOSYS),
          step(IF_EQUAL, SYS_clone, 0, 3), step(LOAD, first), step(IF_ANY_BIT, CLONE_NEWUSER, 0, 1),
          step(ANSWER, refuse), step(ANSWER, SECCOMP_RET_ALLOW)})
        steps.push_back(more);
    return steps;
}

} // namespace

bool filter_calls() {
    auto steps = program();
    const sock_fprog whole{static_cast<unsigned short>(steps.size()), steps.data()};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &whole) == 0;
}

} // namespace lab
