// labs/kit.json, written by `lab start` and read by `lab check`.
// SPDX-License-Identifier: MIT
#include "kit.hpp"

#include "failure.hpp"
#include "sha256.hpp"
#include "text.hpp"

#include <nlohmann/json.hpp>

namespace lab {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

static constexpr int JSON_VERSION = 1;

std::uint64_t seed_of(std::string_view lab, std::string_view student) {
    if (student.empty())
        return 0;
    const Digest digest = sha256(std::string(lab) + "/" + std::string(student));
    std::uint64_t seed = 0;
    for (std::size_t i = 0; i < sizeof seed; ++i)
        seed = seed << 8 | digest[i];
    return seed;
}

// The seed as text: readers of JSON may keep numbers in 53 bits.
std::string kit_json(const Kit& kit) {
    const Json json{{"version", JSON_VERSION},
                    {"lab", kit.lab},
                    {"student", kit.student},
                    {"seed", faultline::hex(kit.seed)},
                    {"tree", kit.version}};
    return json.dump(2) + "\n";
}

Kit parse_kit(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        const auto seed = faultline::parse_number(json.at("seed").get<std::string>());
        if (json.at("version") != JSON_VERSION || !seed)
            throw std::runtime_error("its version or its seed is not as this version writes them");
        return {.lab = json.at("lab"),
                .student = json.at("student"),
                .seed = *seed,
                .version = json.at("tree")};
    } catch (const std::exception& error) {
        throw faultline::Failure(faultline::Exit::failed,
                                 std::string("labs/kit.json: ") + error.what(),
                                 "It is as it was handed out with: git checkout labs/kit.json");
    }
}

fs::path kit_file(const fs::path& top) { return top / "labs" / "kit.json"; }

std::optional<Kit> read_kit(const fs::path& top) {
    if (!fs::exists(kit_file(top)))
        return std::nullopt;
    return parse_kit(faultline::read_file(kit_file(top)));
}

} // namespace lab
