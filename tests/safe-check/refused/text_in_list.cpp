// Refused: array@17,19,21,23,25,30 pointer@25: a literal and a length, as something else.
// SPDX-License-Identifier: MIT
#include <array>
#include <string_view>

namespace vm {

struct Named {
    std::string_view name;
    std::size_t number = 0;
};
struct Numbers {
    std::array<int, 2> numbers;
    std::string_view name;
    Named named{};
};
constexpr Numbers braces_left_out{1, 2, {"text", 100}};

constexpr std::array<std::string_view, 1> in_array{{{"text", 100}}};

constexpr std::array<std::string_view, 2> second{std::string_view("text"), {"text", 100}};

constexpr std::array<Named, 2> without_braces{"text", 100, "text", 100};

constexpr std::string_view alone{"text", 100};

struct Two {
    std::string_view one, other;
};
constexpr Two designated{.one{"text", 100}, .other = "text"};

} // namespace vm
