// Words KEY=VALUE of the command line become a configuration.
// SPDX-License-Identifier: MIT
//
// Does: views are cut and compared, numbers read from digits, errors handed up by TRY.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"

#include "lib/arguments.hpp"
#include "lib/numerals.hpp"

namespace {

enum class Policy : std::uint8_t { oldest, random };

struct Configuration {
    Policy policy = Policy::oldest;
    std::uint64_t frames = 16;
    std::uint64_t seed = 1;
};
constinit Configuration configuration{};

Result<std::uint64_t> number(std::string_view words, std::string_view key,
                             std::uint64_t otherwise) {
    const std::string_view digits = argument(words, key);
    if (digits.empty())
        return otherwise;
    const std::optional<std::uint64_t> value =
        digits.starts_with("0x") ? from_digits(digits.substr(2), 16) : from_digits(digits);
    if (!value)
        return std::unexpected(Error::invalid);
    return *value;
}

Result<Policy> policy_named(std::string_view name) {
    if (name.empty() || name == "oldest")
        return Policy::oldest;
    if (name == "random")
        return Policy::random;
    return std::unexpected(Error::invalid);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::string_view words = machine_arguments();
    configuration = {.policy = TRY(policy_named(argument(words, "replace"))),
                     .frames = TRY(number(words, "frames", 16)),
                     .seed = TRY(number(words, "seed", 1))};
    return {};
}
