// Accepted: views that are stored where what they show stays as long, and values of locals.
// SPDX-License-Identifier: MIT
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace vm {

using View = std::span<int>;
constinit std::array<int, 8> numbers{};
constinit View outside;

class Holder {
public:
    explicit Holder(View view) : view_(view) {}
    void keep(View view) { view_ = view; }
    void keep_part(std::array<int, 8>& all, std::size_t count) {
        const std::size_t most = count < all.size() ? count : all.size();
        view_ = View(all).first(most);
    }
    void shorten(std::size_t by) { view_ = view_.subspan(by); }
    void set(int number) {
        std::array<int, 2> local{number, 1};
        own_[0] = local[1];
        view_[0] = local[0];
        own_ = local;
    }

private:
    View view_{};
    std::array<int, 2> own_{};
};

inline std::size_t words(std::string_view text) {
    std::array<std::string_view, 4> found{};
    const std::array<char, 2> letters{'a', 'b'};
    std::array<int, 4> local{};
    View view{};
    view = local;
    found[3] = std::string_view(letters);
    std::size_t count = 0;
    while (!text.empty() && count < found.size()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        found[count++] = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    std::optional<View> perhaps{};
    perhaps.emplace(view);
    outside = View(numbers).first(view.size());
    return count;
}

} // namespace vm
