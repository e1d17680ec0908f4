// A range of one's own that keeps a reference to a temporary, in a loop.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the table ends when the adaptor is made; every element is read from a dead place.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using Table = std::array<std::uint64_t, 8>;

Table make_table() { return {1, 2, 3, 4, 5, 6, 7, 8}; }

class Backwards {
public:
    explicit Backwards(const Table& table) : table_(table) {}

    class Place {
    public:
        Place(const Table& table, std::size_t left) : table_(table), left_(left) {}
        const std::uint64_t& operator*() const { return table_[left_ - 1]; }
        Place& operator++() {
            --left_;
            return *this;
        }
        bool operator!=(const Place& other) const { return left_ != other.left_; }

    private:
        const Table& table_;
        std::size_t left_ = 0;
    };
    Place begin() const { return {table_, table_.size()}; }
    Place end() const { return {table_, 0}; }

private:
    const Table& table_;
};

constinit std::uint64_t sum = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    for (const std::uint64_t& word : Backwards(make_table()))
        sum += word;
    return {};
}
