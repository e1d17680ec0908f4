// The sandboxes that work on this machine, for tests of what they hold.
// SPDX-License-Identifier: MIT
//
// A machine may have neither namespaces nor root; what it has is tested.
#pragma once

#include "failure.hpp"
#include "process.hpp"
#include "sandbox.hpp"

#include <cstdio>
#include <memory>
#include <vector>

// As the command's own main does; processes of the tests are ended by signals, too.
inline const bool signals_prepared = (faultline::prepare_signals(), true);

inline std::vector<std::unique_ptr<lab::Sandbox>> working_sandboxes() {
    std::vector<std::unique_ptr<lab::Sandbox>> found;
    for (const auto kind : {lab::SandboxKind::bubblewrap, lab::SandboxKind::user}) {
        try {
            auto sandbox = lab::make_sandbox(kind);
            sandbox->try_it();
            found.push_back(std::move(sandbox));
        } catch (const faultline::Failure& failure) {
            std::printf("not here: %s: %s\n", lab::to_words(kind), failure.what());
        }
    }
    return found;
}
