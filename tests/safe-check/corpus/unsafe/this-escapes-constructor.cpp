// A constructor hands a reference to its object to something that lives on.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: the object is a local: the reference shows a frame that has ended.
#include "kernels/spin/interface/extension.hpp"

#include <optional>

namespace {

class Node;
struct Link {
    Node& node;
};

class Node {
public:
    Node();
    std::uint64_t count = 0;
};

constinit std::optional<Link> newest{};

Node::Node() { newest.emplace(Link{*this}); }

void make() { const Node node{}; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    make();
    newest->node.count = 0x4141414141414141;
    return {};
}
