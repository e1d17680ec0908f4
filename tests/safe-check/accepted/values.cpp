// Accepted: values, views, ranges, conversions of numbers, and state that is there from the start.
// SPDX-License-Identifier: MIT
#include "lib/codec.hpp"
#include "lib/fault.hpp"
#include "lib/print.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

namespace vm {

enum class Kind : std::uint8_t { anonymous, file };

constexpr std::size_t CAPACITY = 4;

struct Entry {
    Page page;
    Kind kind = Kind::anonymous;
    bool operator==(const Entry&) const = default;
    auto operator<=>(const Entry&) const = default;
};

struct Header {
    std::uint32_t magic;
    std::array<std::uint8_t, 4> version;
    std::byte flags;
};

class Table {
public:
    [[gnu::cold, gnu::noinline]] Result<void> add(const Entry& entry) {
        if (count_ == CAPACITY)
            return std::unexpected(Error::no_memory);
        this->entries_[count_++] = entry;
        return {};
    }
    // Views of members and of what was handed in.
    std::span<const Entry> all() const { return std::span(entries_).first(count_); }
    Entry& at(std::size_t index) { return entries_[index]; }
    std::optional<Entry> find(Page page) const {
        for (const auto& entry : all())
            if (entry.page == page)
                return entry;
        return std::nullopt;
    }
    Table& self() { return *this; }

private:
    std::array<Entry, CAPACITY> entries_{};
    std::size_t count_ = 0;
};

constinit Table table;

inline Result<std::uint32_t> magic(Bytes file) {
    const Header header = TRY(load<Header>(file, 0));
    const Bytes rest = TRY(slice(file, sizeof(Header), TRY(load<std::uint16_t>(file, 2))));
    return header.magic + static_cast<std::uint32_t>(rest.size());
}

// A local array beside views of other things: its type cannot be what is returned.
inline Bytes after_name(Bytes bytes) {
    std::array<char, 8> name{};
    name[0] = 'n';
    const std::string_view text(name);
    return bytes.subspan(text.size());
}

inline Result<Bytes> part(Bytes bytes) {
    std::array<std::byte, 8> local{};
    TRY(store<std::uint32_t>(local, 0, 3U));
    return slice(bytes, 0, TRY(load<std::uint32_t>(local, 0)));
}

inline const Entry& larger(const Entry& one, const Entry& other) {
    const Entry& most = std::max(one, other);
    return most;
}

template <class T>
T sum(std::span<const T> numbers) {
    T total{};
    for (const T number : numbers)
        total += number;
    return total;
}

inline std::uint64_t numbers(Kind kind, std::optional<Entry> entry, char letter) {
    const std::array<std::uint64_t, 2> two{1, 2};
    std::uint64_t all = sum(std::span<const std::uint64_t>(two));
    all += static_cast<std::uint8_t>(kind) + static_cast<std::uint64_t>(letter);
    all += std::to_integer<std::uint64_t>(std::byte{7}) + std::uint8_t{' '};
    if (entry && entry->page < Page(3) && entry->kind == kind)
        all = std::exchange(all, 3) + Page(all).number();
    for (auto [page, its_kind] : table.all())
        all += its_kind == kind ? page.number() : 0;
    return std::ranges::count_if(two, [all](std::uint64_t number) { return number < all; }) > 1;
}

inline int either(const std::variant<int, Kind>& value) {
    return std::visit([](const auto& held) { return static_cast<int>(sizeof(held)); }, value);
}

template <Sink S>
void report(S& sink, const Fault& fault, Error why) {
    const std::string_view name = "vm";
    print(sink, name, ": ", to_words(why), " at ", hex(fault.address), "\n");
    sink.put(std::string_view("end\n"));
}

[[nodiscard]] inline int sign(int number) {
    if (number < 0) [[unlikely]]
        return -1;
    switch (number) {
    case 0:
        return 0;
    default:
        return 1;
    }
}

template <std::default_initializable T>
T fresh() {
    return T{};
}

static_assert(sizeof(Header) == 12 && CAPACITY > 2, "as the format says");

} // namespace vm
