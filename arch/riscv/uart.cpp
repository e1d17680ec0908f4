// The registers of the serial line.
// SPDX-License-Identifier: MIT
#include "arch/riscv/uart.hpp"

#include "arch/riscv/mmio.hpp"

namespace uart {
namespace {

constexpr std::uint64_t DATA = 0; // received when read, to send when written
constexpr std::uint64_t INTERRUPT_ENABLE = 1;
constexpr std::uint64_t FIFO_CONTROL = 2;
constexpr std::uint64_t LINE_STATUS = 5;

constexpr std::uint8_t RECEIVED_DATA_INTERRUPT = 1 << 0;
constexpr std::uint8_t FIFO_ENABLE = 1 << 0;
constexpr std::uint8_t DATA_READY = 1 << 0;
constexpr std::uint8_t CAN_SEND = 1 << 5;

// The line is the machine's, whatever number of kernels print on it.
constinit PhysAddr registers;

bool status_has(std::uint8_t bit) {
    return (read_register<std::uint8_t>(registers + LINE_STATUS) & bit) != 0;
}

} // namespace

void attach(const DeviceInfo& device) { registers = device.registers.start; }

bool is_present() { return registers != PhysAddr(); }

void enable_receive_interrupt() {
    write_register(registers + FIFO_CONTROL, FIFO_ENABLE);
    write_register(registers + INTERRUPT_ENABLE, RECEIVED_DATA_INTERRUPT);
}

std::optional<char> read() {
    if (!status_has(DATA_READY))
        return std::nullopt;
    return static_cast<char>(read_register<std::uint8_t>(registers + DATA));
}

void write(std::string_view bytes) {
    for (const char byte : bytes) {
        while (!status_has(CAN_SEND)) {
        }
        write_register(registers + DATA, static_cast<std::uint8_t>(byte));
    }
}

} // namespace uart
