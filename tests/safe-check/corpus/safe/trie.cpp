// A trie of names by indices of nodes: which command begins with what was typed.
// SPDX-License-Identifier: MIT
//
// Does: nodes in a table with children by letter, a bounded insertion, a lookup that may fail.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <optional>

namespace {

class Trie {
public:
    Result<void> add(std::string_view name, std::uint16_t value) {
        std::uint16_t node = 0;
        for (const char letter : name) {
            const std::optional<std::size_t> place = place_of(letter);
            if (!place)
                return std::unexpected(Error::invalid);
            if (nodes_[node].children[*place] == 0) {
                if (count_ == nodes_.size())
                    return std::unexpected(Error::too_many);
                nodes_[node].children[*place] = count_++;
            }
            node = nodes_[node].children[*place];
        }
        nodes_[node].value = value;
        return {};
    }
    std::optional<std::uint16_t> find(std::string_view name) const {
        std::uint16_t node = 0;
        for (const char letter : name) {
            const std::optional<std::size_t> place = place_of(letter);
            if (!place || nodes_[node].children[*place] == 0)
                return std::nullopt;
            node = nodes_[node].children[*place];
        }
        return nodes_[node].value;
    }

private:
    struct Node {
        std::array<std::uint16_t, 26> children{};
        std::optional<std::uint16_t> value{};
    };
    static constexpr std::optional<std::size_t> place_of(char letter) {
        if (letter < 'a' || letter > 'z')
            return std::nullopt;
        return static_cast<std::size_t>(letter - 'a');
    }
    std::array<Node, 100> nodes_{};
    std::uint16_t count_ = 1;
};

constinit Trie commands{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    TRY(commands.add("read", 1));
    TRY(commands.add("ready", 2));
    return commands.find("ready") == 2 ? Result<void>() : std::unexpected(Error::not_found);
}
