// The serial line: an ns16550a, bytes out by polling and in by interrupt.
// SPDX-License-Identifier: MIT
//
// National Semiconductor PC16550D, section 8 "Registers"; the firmware has set the line's speed.
// Received bytes wait in the device, 16 of them; then the other end waits. The kernels that have
// the driver inside use arch/riscv/uart.cpp.
#pragma once

#include "lib/address.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

class Uart {
public:
    constexpr Uart() = default;
    // Its REGISTERS, a page that is mapped; 0: there is none, and nothing but is_present may be
    // called.
    explicit constexpr Uart(VirtAddr registers) : registers_(registers) {}
    bool is_present() const { return registers_ != VirtAddr(); }

    // Whether bytes that wait in the device raise its interrupt.
    void enable_receive_interrupt() {
        write(FIFO_CONTROL, FIFO_ENABLE);
        write(INTERRUPT_ENABLE, RECEIVED_DATA_INTERRUPT);
    }
    void disable_interrupts() { write(INTERRUPT_ENABLE, 0); }

    // The next received byte; none: no byte waits.
    std::optional<std::byte> read() const {
        if (!status_has(DATA_READY))
            return std::nullopt;
        return static_cast<std::byte>(read(DATA));
    }
    // Sends BYTE, and waits for the device if it is not ready.
    void write(std::byte byte) {
        while (!status_has(CAN_SEND)) {
        }
        write(DATA, std::to_integer<std::uint8_t>(byte));
    }

private:
    static constexpr std::uint64_t DATA = 0; // received when read, to send when written
    static constexpr std::uint64_t INTERRUPT_ENABLE = 1;
    static constexpr std::uint64_t FIFO_CONTROL = 2;
    static constexpr std::uint64_t LINE_STATUS = 5;

    static constexpr std::uint8_t RECEIVED_DATA_INTERRUPT = 1 << 0;
    static constexpr std::uint8_t FIFO_ENABLE = 1 << 0;
    static constexpr std::uint8_t DATA_READY = 1 << 0;
    static constexpr std::uint8_t CAN_SEND = 1 << 5;

    volatile std::uint8_t* at(std::uint64_t offset) const {
        return reinterpret_cast<volatile std::uint8_t*>((registers_ + offset).raw());
    }
    std::uint8_t read(std::uint64_t offset) const { return *at(offset); }
    void write(std::uint64_t offset, std::uint8_t value) { *at(offset) = value; }
    bool status_has(std::uint8_t bit) const { return (read(LINE_STATUS) & bit) != 0; }

    VirtAddr registers_;
};
