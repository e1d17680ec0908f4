// The HAL, tested where it runs: a kernel of its own, without any of the four structures.
// SPDX-License-Identifier: MIT
//
// It defines the upcalls of arch/riscv/upcalls.hpp like every kernel, and drops into user mode with
// a page of code (hal_test_user.S) to see traps come and go.
#include "hal_stack_test.hpp"
#include "hal_world.hpp"
#include "test.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/csr.hpp"
#include "arch/riscv/idle.hpp"
#include "arch/riscv/kernel_map.hpp"
#include "arch/riscv/machine.hpp"
#include "arch/riscv/mmio.hpp"
#include "arch/riscv/plic.hpp"
#include "arch/riscv/timer.hpp"
#include "arch/riscv/uart.hpp"
#include "arch/riscv/upcalls.hpp"
#include "lib/exception.hpp"

// hal_test_user.S: enters user mode with FRAME and comes back when a trap upcall calls leave_user.
extern "C" void enter_user(TrapFrame& frame, KernelContext& back);
extern "C" const char user_ecall[], user_load[], user_store[], user_illegal[];
extern "C" const char user_counters[], user_other_counter[], user_spin[];

constinit World world;

namespace {

constexpr VirtAddr USER_CODE(0x10000000);
constexpr VirtAddr UNMAPPED(0x10400000);

// Enters user mode at LABEL of the user page, with a0 = ARGUMENT, until the next trap.
Trap run_user(const char* label, std::uint64_t argument = 0) {
    const auto offset = reinterpret_cast<std::uint64_t>(label) % PAGE_SIZE;
    world.trap = Trap::none;
    world.frame.pc = USER_CODE.raw() + offset;
    world.frame.hart = &world.hart;
    world.frame.x(reg::A0) = argument;
    enter_user(world.frame, world.back);
    return world.trap;
}

// Called by every upcall: back into run_user, whose context enter_user kept.
[[noreturn]] void leave_user(Trap trap) {
    world.trap = trap;
    world.cause = csr::read_scause();
    world.value = csr::read_stval();
    switch_context(world.gone, world.back);
    panic("returned to a trap that was left");
}

void map_user_page() {
    TestTables tables;
    // Cannot fail: all memory is free.
    world.root = MUST(tables.new_table());
    share_kernel_half(table_in(world.root));
    const Frame code = Frame::containing(physical(user_ecall));
    MUST(sv39::map(tables, world.root, Page::containing(USER_CODE), code,
                   sv39::PteFlags::user(Rights::read_execute())));
    csr::write_satp(world.root, sv39::Asid(1));
}

sv39::Pte kernel_entry(const void* object) {
    TestTables tables;
    return *sv39::find_entry(tables, kernel_root(),
                             Page::containing(VirtAddr(reinterpret_cast<std::uint64_t>(object))));
}

const std::uint64_t constant = 42;
std::uint64_t variable = 42;

} // namespace

void on_syscall(TrapFrame& /*frame*/) { leave_user(Trap::syscall); }
void on_page_fault(TrapFrame& /*frame*/) { leave_user(Trap::page_fault); }
void on_exception(TrapFrame& /*frame*/) { leave_user(Trap::exception); }
void on_timer() { leave_user(Trap::timer); }
void on_device() { leave_user(Trap::device); }

TEST_CASE("the device tree tells memory, harts, timebase and arguments") {
    CHECK(world.boot.memory.start == PhysAddr(0x80000000));
    CHECK(world.boot.memory.size() == 128 << 20);
    CHECK(world.boot.hart_count == 1);
    CHECK(world.boot.timebase == 10000000);
    CHECK(argument(world.boot.arguments, "program") == "test");
    CHECK(world.boot.free_frames.first.start() > physical(&variable));
}

TEST_CASE("the device tree tells the devices") {
    CHECK(world.boot.plic.registers.size() != 0);
    CHECK(world.boot.uart.interrupt != 0);
    REQUIRE(world.boot.virtio_count != 0);
    CHECK(world.boot.virtio[0].interrupt != world.boot.virtio[1].interrupt);
}

TEST_CASE("a received byte interrupts through the PLIC, and user mode too") {
    constexpr std::uint64_t LOOP_BACK = 1 << 4; // modem control: what is sent is received
    const PhysAddr modem_control = world.boot.uart.registers.start + 4;
    Plic plic(world.boot.plic);
    plic.enable(world.boot.uart.interrupt);
    uart::enable_receive_interrupt();
    CHECK(!csr::device_is_pending());
    CHECK(plic.claim() == 0);
    write_register<std::uint8_t>(modem_control, LOOP_BACK);
    uart::write("x");
    idle_until_interrupt();
    write_register<std::uint8_t>(modem_control, 0);
    REQUIRE(csr::device_is_pending());
    CHECK(run_user(user_spin) == Trap::device);
    CHECK(plic.claim() == world.boot.uart.interrupt);
    CHECK(!csr::device_is_pending()); // claimed, and not yet complete
    CHECK(uart::read() == 'x');
    CHECK(!uart::read().has_value());
    plic.complete(world.boot.uart.interrupt);
    CHECK(!csr::device_is_pending());
}

// Repeats one line that somebody types (tests/machine/serial_test.cpp), and ends.
[[noreturn]] static void echo_line() {
    Plic plic(world.boot.plic);
    plic.enable(world.boot.uart.interrupt);
    uart::enable_receive_interrupt();
    Console console;
    for (char last = 0; last != '\n';) {
        idle_until_interrupt();
        const std::uint32_t source = plic.claim();
        while (const std::optional<char> key = uart::read()) {
            last = *key;
            print(console, "<", std::string_view(&last, 1), ">");
        }
        plic.complete(source);
    }
    end_machine(0);
}

TEST_CASE("kernel text is not writable, constants and data are not executable") {
    CHECK(kernel_entry(reinterpret_cast<const void*>(run_user)).flags().rights() ==
          Rights::read_execute());
    CHECK(kernel_entry(&constant).flags().rights() == Rights::read());
    CHECK(kernel_entry(&variable).flags().rights() == Rights::read_write());
    CHECK(!kernel_entry(&variable).flags().is_user());
    CHECK(kernel_entry(&variable).flags().is_global());
}

TEST_CASE("a page is zeroed to its last byte") {
    const PageBytes page = frame_bytes(world.next_frame);
    for (std::byte& byte : page)
        byte = std::byte{0xff};
    zero_page(page);
    bool zero = true;
    for (const std::byte byte : page)
        zero = zero && byte == std::byte{0};
    CHECK(zero);
}

TEST_CASE("time goes on, and an armed deadline becomes pending") {
    const std::uint64_t start = timer::now();
    timer::arm(start + 1000);
    CHECK((csr::read_sip() & csr::TIMER_INTERRUPT) == 0);
    idle_until_interrupt();
    CHECK(timer::now() >= start + 1000);
    timer::arm(timer::NEVER);
    CHECK((csr::read_sip() & csr::TIMER_INTERRUPT) == 0);
}

TEST_CASE("every kind of trap from user mode reaches its upcall") {
    SUBCASE("ecall") {
        REQUIRE(run_user(user_ecall, 7) == Trap::syscall);
        CHECK(world.frame.x(reg::A0) == 8); // the program added one before
        CHECK(world.frame.pc % PAGE_SIZE > reinterpret_cast<std::uint64_t>(user_ecall) % PAGE_SIZE);
    }
    SUBCASE("load page fault") {
        REQUIRE(run_user(user_load, UNMAPPED.raw()) == Trap::page_fault);
        CHECK(world.cause == exception::LOAD_PAGE_FAULT);
        CHECK(world.value == UNMAPPED.raw());
    }
    SUBCASE("store page fault") {
        REQUIRE(run_user(user_store, UNMAPPED.raw() + 8) == Trap::page_fault);
        CHECK(world.cause == exception::STORE_PAGE_FAULT);
        CHECK(world.value == UNMAPPED.raw() + 8);
    }
    SUBCASE("a store into the kernel is a page fault") {
        const auto address = reinterpret_cast<std::uint64_t>(&variable);
        REQUIRE(run_user(user_store, address) == Trap::page_fault);
        CHECK(variable == 42);
    }
    SUBCASE("illegal instruction") {
        REQUIRE(run_user(user_illegal) == Trap::exception);
        CHECK(world.cause == 2);
    }
    SUBCASE("timer") {
        timer::arm(timer::now() + 1000);
        CHECK(run_user(user_spin) == Trap::timer);
        timer::arm(timer::NEVER);
    }
}

TEST_CASE("user mode reads cycle, time and instret, whatever the firmware left open, and no more") {
    CHECK(csr::read_scounteren() == csr::USER_COUNTERS);
    REQUIRE(run_user(user_counters) == Trap::syscall);
    CHECK(world.frame.x(reg::A0 + 1) != 0);
    CHECK(world.frame.x(reg::A0 + 3) != 0);
    REQUIRE(run_user(user_other_counter) == Trap::exception);
    CHECK(world.cause == 2);
}

TEST_CASE("a trap saves every register and a return restores it") {
    for (unsigned number = 5; number < 32; ++number)
        world.frame.x(number) = 1000 + number;
    world.frame.x(reg::SP) = 0x1234;
    REQUIRE(run_user(user_ecall, 1) == Trap::syscall);
    bool same = world.frame.x(reg::SP) == 0x1234;
    for (unsigned number = 5; number < 32; ++number)
        same = same && (number == reg::A0 || world.frame.x(number) == 1000 + number);
    CHECK(same);
}

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    world.boot = boot;
    world.hart.id = boot.hart;
    world.next_frame = boot.free_frames.first;
    adopt_hart(world.hart);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    csr::make_sret_go_to_user();
    csr::enable_timer_interrupt();
    map_user_page();
    const std::string_view program = argument(boot.arguments, "program");
    if (program == "overflow")
        overflow_kernel_stack();
    if (program == "boot-overflow")
        overflow_boot_stack();
    if (program == "echo")
        echo_line();
    end_machine(test::run_test_cases() == 0 ? 0 : 1);
}
