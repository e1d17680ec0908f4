// Comparing the kernels' functions with one another.
// SPDX-License-Identifier: MIT
#include "copies.hpp"

#include "bodies.hpp"

#include <algorithm>

namespace {

constexpr std::string_view SERVICES = "services/";

std::string place_of(const Body& body) {
    return body.path + ':' + std::to_string(body.index + 1) + " (" + std::to_string(body.lines) +
           " lines)";
}

std::vector<Body> long_bodies_of(const SourceFile& file) {
    std::vector<Body> all = bodies_of(file);
    std::erase_if(all, [](const Body& body) { return body.lines < LINES_OF_A_COPY; });
    return all;
}

// The one of SERVICES that PATH belongs to; empty: none.
std::string service_of(const std::string& path, const std::set<std::string>& services) {
    if (!path.starts_with(SERVICES))
        return "";
    const std::string name =
        path.substr(SERVICES.size(), path.find('/', SERVICES.size()) - SERVICES.size());
    return services.contains(name) ? name : "";
}

std::string listed(const std::set<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace

std::vector<std::string> copies_between_kernels(const Files& files) {
    std::map<std::string, std::vector<Body>> by_shape;
    for (const auto& [path, file] : files)
        if (!kernel_of(path).empty())
            for (Body& body : long_bodies_of(file))
                by_shape[body.shape].push_back(std::move(body));
    std::vector<std::string> found;
    for (const auto& [shape, bodies] : by_shape) {
        std::set<std::string> kernels;
        std::set<std::string> places;
        for (const Body& body : bodies) {
            kernels.insert(kernel_of(body.path));
            places.insert(place_of(body));
        }
        if (kernels.size() > 1)
            found.push_back(listed(places));
    }
    return found;
}

// Whether a service's own code includes HEADER: then it is for whoever places that.
static bool serves_a_service(const Files& files, const std::string& header) {
    const std::string line = "#include \"" + header + "\"";
    return std::ranges::any_of(files, [&](const auto& entry) {
        return entry.first.starts_with("services/") &&
               std::ranges::find(entry.second.lines, line) != entry.second.lines.end();
    });
}

std::vector<std::string> bodies_for_two_kernels(const Files& files,
                                                const std::set<std::string>& services) {
    const auto seen_by = kernels_that_see(files);
    std::map<std::string, std::set<std::string>> placed_by;
    for (const auto& [header, kernels] : seen_by)
        if (const std::string service = service_of(header, services); !service.empty())
            placed_by[service].insert(kernels.begin(), kernels.end());
    std::vector<std::string> found;
    for (const auto& [header, kernels] : seen_by) {
        const std::string service = service_of(header, services);
        if (kernels.size() != 2 || (!service.empty() && placed_by[service] == kernels))
            continue;
        if (service.empty() && serves_a_service(files, header))
            continue;
        for (const Body& body : long_bodies_of(files.at(header)))
            found.push_back(place_of(body) + " is for " + listed(kernels));
    }
    return found;
}
