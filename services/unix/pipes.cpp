// Pipes come and go.
// SPDX-License-Identifier: MIT
#include "services/unix/pipes.hpp"

namespace unix {

Result<PipeIndex> Pipes::create() {
    for (std::size_t i = 0; i < capacity(); ++i) {
        Pipe& pipe = pipes_[i];
        if (pipe.has_reader || pipe.has_writer)
            continue;
        pipe = {true, true, 0, 0};
        ++in_use_;
        return PipeIndex(i);
    }
    return std::unexpected(Error::too_many);
}

void Pipes::close(PipeIndex index, End end) {
    Pipe& pipe = pipes_[index.number()];
    if (end == End::reading)
        pipe.has_reader = false;
    else
        pipe.has_writer = false;
    if (!pipe.has_reader && !pipe.has_writer)
        --in_use_;
}

} // namespace unix
