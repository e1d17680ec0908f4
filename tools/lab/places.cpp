// The floor plan, as far as the road of a fault goes.
// SPDX-License-Identifier: MIT
//
// Resolve, frame and fill are one file for all kernels; what differs is who calls it.
#include "places.hpp"

#include <map>

namespace lab {

static bool is_service(const std::string& stage) {
    return stage == "resolve" || stage == "frame" || stage == "fill";
}

static std::string caller_of_service(const std::string& kernel) {
    static const std::map<std::string, std::string> CALLERS = {
        {"monolithic", "kernels/monolithic/fault.cpp"},
        {"micro", "kernels/micro/servers/pager/pager.cpp"},
        {"spin", "kernels/spin/extensions/wired/wired.cpp"},
        {"exo", "kernels/exo/libos/fault.cpp"},
    };
    return CALLERS.at(kernel);
}

Place place_of(const std::string& kernel, const std::string& stage) {
    if (is_service(stage))
        return {"services/vm/fault.cpp", caller_of_service(kernel)};
    if (kernel == "exo" && stage == "resume")
        return {"kernels/exo/libos/entry.S", ""};
    if (kernel == "exo" && stage != "install")
        return {"kernels/exo/entry.S", ""};
    return {"kernels/" + kernel + "/fault.cpp", ""};
}

std::string place_in_words(const std::string& kernel, const std::string& stage) {
    const auto [file, caller] = place_of(kernel, stage);
    return "fault_" + stage + " in " + file + (caller.empty() ? "" : ", called from " + caller);
}

} // namespace lab
