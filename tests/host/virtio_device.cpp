// The device's side of the registers and of the queue.
// SPDX-License-Identifier: MIT
#include "virtio_device.hpp"

namespace virtio_test {

namespace reg = virtio::reg;
namespace status = virtio::status;

std::uint32_t Device::load(std::uint32_t offset) {
    switch (offset) {
    case reg::MAGIC:
        return manners.magic;
    case reg::VERSION:
        return manners.version;
    case reg::DEVICE_ID:
        return manners.id;
    case reg::DEVICE_FEATURES:
        return static_cast<std::uint32_t>(manners.features >>
                                          32 * stored_[reg::DEVICE_FEATURES_SELECT]);
    case reg::QUEUE_SIZE_MAX:
        return stored_[reg::QUEUE_SELECT] == 0 ? manners.queue_size_max : 0; // it has one
    case reg::QUEUE_READY:
        return manners.queue_ready;
    case reg::STATUS:
        if (until_reset_ != 0) {
            if (--until_reset_ != 0)
                return status_;
            become_reset();
        }
        return status_;
    case reg::INTERRUPT_STATUS:
        return interrupts_;
    case reg::CONFIGURATION_GENERATION:
        return generation_;
    case reg::CONFIGURATION:
        if (manners.unstable_reads != 0) {
            --manners.unstable_reads;
            ++generation_;
            return 0xdead;
        }
        return static_cast<std::uint32_t>(manners.sectors);
    case reg::CONFIGURATION + 4:
        return static_cast<std::uint32_t>(manners.sectors >> 32);
    default:
        FAIL("the driver reads register ", offset);
        return 0;
    }
}

void Device::store(std::uint32_t offset, std::uint32_t value) {
    switch (offset) {
    case reg::STATUS:
        statuses.push_back(value);
        if (value == 0) { // 2.4.1: it says 0 when it is reset, and works until then
            status_ |= status::ACKNOWLEDGE;
            if (manners.resets)
                until_reset_ = manners.late_reset + 1;
            break;
        }
        status_ = value;
        if (!manners.accepts_features)
            status_ &= ~status::FEATURES_OK;
        break;
    case reg::DRIVER_FEATURES:
        accepted |= static_cast<std::uint64_t>(value) << 32 * stored_[reg::DRIVER_FEATURES_SELECT];
        break;
    case reg::INTERRUPT_ACKNOWLEDGE:
        interrupts_ &= ~value;
        break;
    case reg::QUEUE_NOTIFY:
        CHECK(value == 0);
        CHECK((status_ & status::DRIVER_OK) != 0); // 3.1.1: not before
        ++notifications;
        break;
    default:
        stored_[offset] = value;
    }
}

// 2.4.1: nothing is left of what it was told.
void Device::become_reset() {
    status_ = 0;
    seen_ = 0;
    waited_ = 0;
    interrupts_ = 0;
    stored_.clear();
}

std::byte* Device::reach(std::uint64_t address, std::uint64_t size) {
    const std::uint64_t page = address_of(shared.data());
    bool shown = address >= page && address + size <= page + PAGE_SIZE;
    for (const std::uint64_t block : visible)
        shown = shown || (address >= block && address + size <= block + block::BLOCK_SIZE);
    REQUIRE_MESSAGE(shown, "the driver sends the device where nothing is");
    return reinterpret_cast<std::byte*>(address);
}

template <class T>
T Device::read(std::uint64_t address) {
    T value;
    std::memcpy(&value, reach(address, sizeof(T)), sizeof(T));
    return value;
}

template <class T>
void Device::write(std::uint64_t address, T value) {
    std::memcpy(reach(address, sizeof(T)), &value, sizeof(T));
}

Device::Descriptor Device::descriptor(std::uint16_t index) {
    REQUIRE(index < stored_[reg::QUEUE_SIZE]);
    const std::uint64_t table =
        stored_[reg::QUEUE_DESCRIPTORS] | std::uint64_t{stored_[reg::QUEUE_DESCRIPTORS + 4]} << 32;
    const std::uint64_t at = table + 16ULL * index;
    return {read<std::uint64_t>(at), read<std::uint32_t>(at + 8), read<std::uint16_t>(at + 12),
            read<std::uint16_t>(at + 14)};
}

// Does what the chain from HEAD asks for, and returns how many bytes that wrote.
std::uint32_t Device::carry_out(std::uint16_t head) {
    std::vector<Descriptor> chain{descriptor(head)};
    while ((chain.back().flags & virtio::DESCRIPTOR_HAS_NEXT) != 0)
        chain.push_back(descriptor(chain.back().next));
    const Descriptor& header = chain.front();
    CHECK((header.flags & virtio::DESCRIPTOR_DEVICE_WRITES) == 0);
    REQUIRE(header.length == 16);
    const auto type = read<std::uint32_t>(header.address);
    CHECK(read<std::uint32_t>(header.address + 4) == 0); // reserved
    const auto sector = read<std::uint64_t>(header.address + 8);
    const Descriptor& end = chain.back();
    CHECK((end.flags & virtio::DESCRIPTOR_DEVICE_WRITES) != 0);
    REQUIRE(end.length == 1);
    if (manners.writes_status)
        write<std::uint8_t>(end.address, manners.status);
    if (type == 4) {
        CHECK(chain.size() == 2);
        CHECK(sector == 0); // 5.2.6.1
        ++flushes;
        return 1;
    }
    REQUIRE(type <= 1);
    REQUIRE(chain.size() == 3);
    const Descriptor& data = chain[1];
    REQUIRE(data.length == PAGE_SIZE);
    CHECK(((data.flags & virtio::DESCRIPTOR_DEVICE_WRITES) != 0) == (type == 0));
    REQUIRE(sector % 8 == 0);
    Block& block = blocks.at(sector / 8);
    std::byte* const memory = reach(data.address, data.length);
    if (manners.status == 0)
        type == 0 ? std::memcpy(memory, block.data(), PAGE_SIZE)
                  : std::memcpy(block.data(), memory, PAGE_SIZE);
    return type == 0 ? PAGE_SIZE + 1 : 1;
}

void Device::answer(std::uint32_t head, std::uint32_t length) {
    const std::uint64_t used =
        stored_[reg::QUEUE_USED] | std::uint64_t{stored_[reg::QUEUE_USED + 4]} << 32;
    auto index = seen_;
    if (manners.lie)
        manners.lie(index, head, length);
    const std::uint64_t entry =
        used + 4 + 8ULL * (static_cast<std::uint16_t>(seen_ - 1) % stored_[reg::QUEUE_SIZE]);
    write(entry, head);
    write(entry + 4, length);
    write(used + 2, index);
}

void Device::scribble() {
    for (std::byte& byte : shared)
        byte = static_cast<std::byte>(random_());
}

std::uint64_t Device::available_ring() {
    return stored_[reg::QUEUE_AVAILABLE] | std::uint64_t{stored_[reg::QUEUE_AVAILABLE + 4]} << 32;
}

bool Device::is_asked() {
    return stored_[reg::QUEUE_READY] == 1 && read<std::uint16_t>(available_ring() + 2) != seen_;
}

void Device::work() {
    interrupts_ |= virtio::interrupt::USED_BUFFER;
    if (manners.changes)
        interrupts_ |= virtio::interrupt::CONFIGURATION_CHANGE;
    if (manners.asks_for_reset) {
        status_ |= status::NEEDS_RESET;
        interrupts_ |= virtio::interrupt::CONFIGURATION_CHANGE;
        return;
    }
    if (manners.scribbles)
        return scribble();
    if (waited_++ < manners.late)
        return;
    waited_ = 0;
    const std::uint64_t available = available_ring();
    const auto offered = read<std::uint16_t>(available + 2);
    REQUIRE(static_cast<std::uint16_t>(offered - seen_) == 1); // one request at a time
    const auto head =
        read<std::uint16_t>(available + 4 + 2ULL * (seen_ % stored_[reg::QUEUE_SIZE]));
    ++seen_;
    answer(head, carry_out(head));
}

} // namespace virtio_test
