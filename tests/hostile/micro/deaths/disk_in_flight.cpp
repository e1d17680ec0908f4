// The block driver, broken in the middle of a request: the device works on it, and nobody waits.
// SPDX-License-Identifier: MIT
//
// Before: disk.cpp and services/block, which are the real driver's; the linker leads two of their
// calls here (--wrap). A fence is the last call that they make before they tell the device of a
// request: so this tells it in their place, and breaks.
#include "kernels/micro/library/registers.hpp"
#include "kernels/micro/servers/disk/start.hpp"

#include "services/block/virtio/requests.hpp"

extern "C" {

// The linker says which of the two below (--defsym): whether to break, now that a request of this
// kind is offered.
bool is_time(virtio::Operation operation);
bool at_first_write(virtio::Operation operation);
bool at_second_read(virtio::Operation operation);

[[noreturn]] void breaks();
void real_fence() asm("__real_order_memory_and_devices");
[[noreturn]] void real_main(VirtAddr registers, std::uint64_t slots, std::uint64_t interrupts,
                            VirtAddr shared, std::uint64_t place) asm("__real_server_main");
void fence_or_break() asm("__wrap_order_memory_and_devices");
[[noreturn]] void note_and_serve(VirtAddr registers, std::uint64_t slots, std::uint64_t interrupts,
                                 VirtAddr shared, std::uint64_t place) asm("__wrap_server_main");

} // extern "C"

namespace {

struct Noted {
    VirtAddr registers;
    std::uint64_t slots = 0;
    VirtAddr shared;
    int reads = 0;
};
constinit Noted noted;

template <class T>
T shared_word(std::uint32_t offset) {
    return *reinterpret_cast<const volatile T*>((noted.shared + offset).raw());
}

// The queue's counts (VIRTIO 1.2, 2.7.6 and 2.7.8) differ while the device has something to do.
bool is_offered() {
    return shared_word<std::uint16_t>(virtio::AVAILABLE + 2) !=
           shared_word<std::uint16_t>(virtio::USED + 2);
}

} // namespace

bool at_first_write(virtio::Operation operation) { return operation == virtio::Operation::write; }

bool at_second_read(virtio::Operation operation) {
    return operation == virtio::Operation::read && ++noted.reads == 2;
}

void note_and_serve(VirtAddr registers, std::uint64_t slots, std::uint64_t interrupts,
                    VirtAddr shared, std::uint64_t place) {
    noted.registers = registers;
    noted.slots = slots;
    noted.shared = shared;
    real_main(registers, slots, interrupts, shared, place);
}

void fence_or_break() {
    real_fence();
    // The header of the request stands behind the queue, and begins with its kind.
    if (!is_offered() || !is_time(shared_word<virtio::Operation>(virtio::QUEUE_BYTES)))
        return;
    for (std::uint64_t i = 0; i < noted.slots; ++i) // one of them is the disk
        RegisterPage(noted.registers + i * PAGE_SIZE).store(virtio::reg::QUEUE_NOTIFY, 0);
    breaks();
}
