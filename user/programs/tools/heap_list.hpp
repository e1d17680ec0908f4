// Everything of its kind, however much: a list in the heap, for tools that must see all of it.
// SPDX-License-Identifier: MIT
//
// It is the only user of the heap, which it grows page by page and never gives back: a tool ends.
#pragma once

#include "user/lib/os.hpp"

#include "lib/address.hpp"

#include <span>

namespace tools {

template <class T>
class HeapList {
public:
    HeapList() : start_(os::sbrk(0)) {}

    // Room for COUNT more behind the last one, and whether there is memory for it. The heap starts
    // at a page, so that T is aligned.
    [[nodiscard]] bool reserve(std::size_t count) {
        while ((room_ - count_) < count) {
            constexpr std::int64_t STEP = 4 * PAGE_SIZE;
            if (start_ < 0 || os::sbrk(STEP) < 0)
                return false;
            bytes_ += STEP;
            room_ = bytes_ / sizeof(T);
        }
        return true;
    }
    std::span<T> spare() { return {data() + count_, room_ - count_}; }
    void use(std::size_t count) { count_ += count; }

    [[nodiscard]] bool add(const T& value) {
        if (!reserve(1))
            return false;
        data()[count_++] = value;
        return true;
    }
    [[nodiscard]] bool add_all(std::span<const T> values) {
        if (!reserve(values.size()))
            return false;
        for (const T& value : values)
            data()[count_++] = value;
        return true;
    }
    std::span<T> all() { return {data(), count_}; }
    void forget_all() { count_ = 0; }
    // All but the first COUNT. COUNT <= all().size().
    void forget_from(std::size_t count) { count_ = count; }

private:
    T* data() { return reinterpret_cast<T*>(start_); }

    std::int64_t start_;
    std::size_t bytes_ = 0;
    std::size_t room_ = 0;
    std::size_t count_ = 0;
};

} // namespace tools
