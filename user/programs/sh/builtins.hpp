// Commands that the shell carries out itself, because they are about itself.
// SPDX-License-Identifier: MIT
#pragma once

#include "completion.hpp"
#include "runner.hpp"

namespace sh {

using Words = std::span<const std::string_view>;

bool is_builtin(std::string_view name);
// WORDS[0] is a builtin's name. Its status.
std::int64_t run_builtin_command(Runner& runner, Words words);
void offer_builtins(Candidates& candidates);

} // namespace sh
