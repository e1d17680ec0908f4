// A trusted class stores an index in an enumeration, by a cast that nobody sees.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: cast
// breaks: Index casts to whatever type it stores in: an enumeration without that value, inside an
// object whose later comparison and copying assume one.
#include "kernels/spin/interface/extension.hpp"

#include "lib/number.hpp"

namespace {

enum Mode : bool { idle, busy };
using Place = Index<struct PlaceTag, Mode>;

constinit std::uint64_t seen = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Place place(254);
    seen = place.number();
    return {};
}
