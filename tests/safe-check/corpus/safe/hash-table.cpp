// A hash table with open addressing, from pages to frames, in memory of the extension's.
// SPDX-License-Identifier: MIT
//
// Does: make_table for the slots, a template over key and value, probing with a bound.
#include "kernels/spin/interface/extension.hpp"

#include <optional>

namespace {

template <class Key, class Value>
class Table {
public:
    Result<void> reserve(spin::FrameQuota quota, std::uint64_t count) {
        slots_ = TRY(spin::make_table<Slot>(quota, count));
        return {};
    }
    Result<void> put(const Key& key, const Value& value) {
        for (std::uint64_t i = 0; i < slots_.size(); ++i) {
            Slot& slot = slots_[place(key, i)];
            if (!slot.is_used || slot.key == key) {
                slot = {true, key, value};
                return {};
            }
        }
        return std::unexpected(Error::too_many);
    }
    std::optional<Value> find(const Key& key) const {
        for (std::uint64_t i = 0; i < slots_.size(); ++i) {
            const Slot& slot = slots_[place(key, i)];
            if (!slot.is_used)
                return std::nullopt;
            if (slot.key == key)
                return slot.value;
        }
        return std::nullopt;
    }

private:
    struct Slot {
        bool is_used = false;
        Key key{};
        Value value{};
    };
    std::size_t place(const Key& key, std::uint64_t probe) const {
        const std::uint64_t hash = key.number() * 0x9e3779b97f4a7c15;
        return (hash + probe) % slots_.size();
    }
    std::span<Slot> slots_{};
};

constinit Table<Page, spin::FrameCapability> frames{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    TRY(frames.reserve(quota, 256));
    TRY(frames.put(Page(7), TRY(phys_addr_allocate(quota))));
    return frames.find(Page(7)) ? Result<void>() : std::unexpected(Error::not_found);
}
