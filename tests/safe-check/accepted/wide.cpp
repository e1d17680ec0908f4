// Accepted: types and statements that are large, and that nobody needs to go through twice.
// SPDX-License-Identifier: MIT
#include <tuple>

namespace vm {

template <class T>
using Four = std::tuple<T, T, T, T>;
using Wide = Four<Four<Four<Four<Four<Four<Four<Four<Four<int>>>>>>>>>;

template <int N>
struct Tree {
    Tree<N - 1> left{};
    Tree<N - 1> right{};
};
template <>
struct Tree<0> {
    int leaf = 0;
};

inline const Tree<20>& same(const Tree<20>& tree, const Wide&) { return tree; }

} // namespace vm
