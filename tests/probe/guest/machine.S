# A machine of known length: boot, a trap road whose every instruction is counted, three pages.
# SPDX-License-Identifier: MIT
#
# Assembled with one guest file: the U-mode code at 0x10000000, and what replaces the weak parts.
# OpenSBI enters at `start`; faults come to `trap_vector`, which walks the seven stages. The numbers
# in comments are instruction counts; guest_test.cpp adds them up. U-mode code leaves sp alone: that
# is the trap's stack.
#
#   0x10000000 U-mode code; absent at first: 0x10200000 a page of data, 0x10400000 a page of code

    .equ pte_table, 0x01
    .equ pte_user, 0xdf             # A D U X W R V
    .equ pte_kernel, 0xef           # A D G X W R V
    .equ test_device, 0x100000

    .section .text.start, "ax"
    .global start
start:
    lla sp, boot_stack_top
    lla t0, trap_vector
    csrw stvec, t0
    li t0, 7                        # cycle, time and instret for U-mode
    csrw scounteren, t0
    lla t0, root_table
    srli t0, t0, 12
    li t1, 8 << 60
    or t0, t0, t1
    csrw satp, t0
    sfence.vma
    call guest_boot
    li t0, 0x100                    # SPP: sret goes to U-mode
    csrc sstatus, t0
    li t0, 0x10000000
    csrw sepc, t0
    sret

    .text
    # Trap entry, 16 instructions up to the branch on an interrupt.
    .global trap_vector
    .balign 4
trap_vector:
    addi sp, sp, -64
    sd ra, 0(sp)
    sd t0, 8(sp)
    sd t1, 16(sp)
    sd a0, 24(sp)
    sd a1, 32(sp)
    sd a6, 40(sp)
    sd a7, 48(sp)
    csrr t0, sepc
    sd t0, 56(sp)
    csrr t0, sstatus
    addi sp, sp, -16
    sd t0, 0(sp)
    sd t2, 8(sp)
    csrr t0, scause
    bltz t0, interrupted            # 16
    li t1, 8
    beq t0, t1, system_call         # 2
    .global fault_road
fault_road:
    call fault_receive           # 2 + receive; each call is auipc and jalr
    call fault_dispatch
    nop                             # 1: still dispatch
    call fault_resolve
    call fault_frame
    nop                             # 2: glue, install's
    nop
    call fault_fill
    call fault_install
    call fault_resume
    j leave                         # 1
interrupted:
    jal ra, on_timer
    j leave
system_call:                        # a7: 0 print a0 in hex, 1 exit with a0, 2 nothing, 3 install
    li t1, 1
    beq a7, t1, power_off
    li t1, 2
    beq a7, t1, 1f
    li t1, 3
    beq a7, t1, install             # 6
    jal ra, print_hex
1:  ld t0, 72(sp)                   # 3
    addi t0, t0, 4
    sd t0, 72(sp)
    .global leave
leave:                              # 15 with the sret
    ld t0, 0(sp)
    ld t2, 8(sp)
    addi sp, sp, 16
    csrw sstatus, t0
    ld t0, 56(sp)
    csrw sepc, t0
    ld ra, 0(sp)
    ld t0, 8(sp)
    ld t1, 16(sp)
    ld a0, 24(sp)
    ld a1, 32(sp)
    ld a6, 40(sp)
    ld a7, 48(sp)
    addi sp, sp, 64
    sret

install:
    jal ra, fault_install
    j 1b

    .macro stage name, nops         # nops + ret
    .weak \name
    .type \name, @function
\name:
    .rept \nops
    nop
    .endr
    ret
    .size \name, . - \name
    .endm

    stage fault_receive, 10
    stage fault_dispatch, 20
    stage fault_resolve, 30
    stage fault_fill, 40

    .weak fault_frame               # 5: calls within a stage belong to it
    .type fault_frame, @function
fault_frame:
    mv t2, ra
    jal ra, helper
    mv ra, t2
    ret
    .size fault_frame, . - fault_frame
helper:
    ret

    .global fault_install           # 14, or 4 while faults are still to be repeated
    .type fault_install, @function
fault_install:
    lla t0, repeats                 # 2
    ld t1, 0(t0)
    bnez t1, 1f                     # 4
    lla t0, user_table + 0x81 * 8   # 2
    li t1, (0x80600000 >> 2) | pte_user
    sd t1, 0(t0)
    li t1, (0x80800000 >> 2) | pte_user
    sd t1, 8(t0)
    sfence.vma
    ret
1:  addi t1, t1, -1
    sd t1, 0(t0)
    ret
    .size fault_install, . - fault_install

    stage fault_resume, 7

print_hex:                          # "0x" and 16 digits and a newline on the SBI console
    addi sp, sp, -32
    sd ra, 0(sp)
    sd s0, 8(sp)
    sd s1, 16(sp)
    mv s0, a0
    li s1, 60
1:  srl a0, s0, s1
    andi a0, a0, 15
    li t0, 10
    blt a0, t0, 2f
    addi a0, a0, 'a' - '0' - 10
2:  addi a0, a0, '0'
    li a7, 1
    ecall
    addi s1, s1, -4
    bgez s1, 1b
    li a0, '\n'
    ecall
    ld ra, 0(sp)
    ld s0, 8(sp)
    ld s1, 16(sp)
    addi sp, sp, 32
    ret

    .global power_off
power_off:
    slli a0, a0, 16
    li t0, 0x3333
    or a0, a0, t0
    li t0, test_device
    sw a0, 0(t0)
1:  j 1b

    .weak guest_boot
guest_boot:
    ret

    # A timer interrupt: no further one. The counts of these do not matter, they are kept apart.
    .global on_timer
    .type on_timer, @function
on_timer:
    lla t0, ticks
    ld t1, 0(t0)
    addi t1, t1, 1
    sd t1, 0(t0)
    li a0, -1
    li a6, 0
    li a7, 0x54494d45               # "TIME", set_timer
    ecall
    ret
    .size on_timer, . - on_timer

    .data
    .balign 8
    .global repeats
repeats: .dword 0
    .global ticks
ticks: .dword 0

    .section .tables, "aw"
    .balign 4096
root_table:
    .dword ((user_table_physical >> 12) << 10) | pte_table
    .dword 0
    .dword (0x80000000 >> 2) | pte_kernel
    .fill 509, 8, 0
    .balign 4096
    .global user_table
user_table:
    .dword pte_kernel & ~0x20       # the test device
    .fill 127, 8, 0
    .dword (0x80400000 >> 2) | pte_user
    .dword 0                        # 0x10200000
    .dword 0                        # 0x10400000
    .fill 381, 8, 0
    .equ user_table_physical, 0x80301000
