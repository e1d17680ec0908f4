// Who runs on the machine: the servers, what each gets, and what becomes of it when it breaks.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/servers/root/devices.hpp"
#include "kernels/micro/servers/root/making.hpp"

namespace root {

class System {
public:
    // Children, in the order in which they are made; a server calls those before it only.
    static constexpr std::uint64_t DISK = 0, FILES = 1, SECOND_PAGER = 2, PAGER = 3, CONSOLE = 4,
                                   SCHEDULER = 5, UNIX = 6;
    static constexpr std::uint64_t CHILDREN = 7;
    // With the personality `wired`: those two alone.
    static constexpr std::uint64_t WIRED = 0, PROGRAM = 1;

    void adopt(const abi::micro::BootPage& boot);
    const abi::micro::BootPage& boot() const { return *boot_; }

    // All servers, of which UNIX starts the first program.
    exec::Loaded<void> start_unix();
    // A pager for the one program NAME.
    exec::Loaded<void> start_wired(std::string_view name, std::string_view pager);

    bool is_wired() const { return is_wired_; }
    std::string_view name(std::uint64_t child) const { return names_[child]; }
    // CHILD has broken, and waits for its handler: it ends. Who waits for it gets no_process.
    void bury(std::uint64_t child); // burial.cpp

private:
    exec::BootFiles files() const;
    // Server NAME, in SLOT, loaded but not running, as CHILD.
    exec::Loaded<exec::WiredImage> load(std::uint64_t child, std::string_view name, VirtAddr slot,
                                        std::uint64_t priority);
    exec::Loaded<exec::WiredImage> load_program(std::string_view name);
    // CHILD gets a capability to send to ANOTHER, in SLOT, under BADGE.
    static Result<void> connect(std::uint64_t child, micro::CapSlot slot, std::uint64_t another,
                                std::uint64_t badge, std::uint64_t rights = micro::right::SEND);
    static Result<void> empower(std::uint64_t child, std::uint64_t rights);
    Result<void> start_disk(const exec::WiredImage& image);
    Result<void> start_console(const exec::WiredImage& image);
    Result<void> start_second_pager(const exec::WiredImage& image);
    Result<void> start_pager(const exec::WiredImage& image);
    Result<void> start_files(const exec::WiredImage& image);
    Result<void> start_unix_server(const exec::WiredImage& image);
    Result<void> start_wired_pager(const exec::WiredImage& image, const exec::WiredImage& program);
    Result<void> start_wired_program(const exec::WiredImage& program);

    const abi::micro::BootPage* boot_ = nullptr;
    Memory memory_;
    Devices devices_; // of the block driver
    std::array<std::string_view, CHILDREN> names_{};
    bool is_wired_ = false;
};

} // namespace root
