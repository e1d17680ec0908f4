// Texts: tables of them, and searches in them.
// SPDX-License-Identifier: MIT
#include <array>
#include <string_view>

namespace vm {

struct Named {
    std::string_view name;
    std::size_t number = 0;
};
struct Shelf {
    std::array<std::string_view, 2> labels;
    std::array<Named, 2> things;
};

constexpr std::array<std::string_view, 2> plain{"one", "two"};
constexpr std::array<std::string_view, 2> doubled{{"one", "two"}};
constexpr std::array<Named, 2> things{{{"one", 1}, {.name = "two", .number = 2}}};
constexpr std::array<Named, 2> braced{{{{"one"}, 1}, {.name{"two"}, .number = 2}}};
constexpr Shelf shelf{{"one", "two"}, {{{"one", 1}, {"two", 2}}}};

constexpr std::size_t after_colon(std::string_view line) {
    if (line.starts_with("0x") || line.ends_with("\n") || line.compare("none") == 0)
        return 0;
    return line.find(": ", line.find_first_of("abc")) + line.rfind("::");
}
static_assert(after_colon("0x") == 0);

} // namespace vm
