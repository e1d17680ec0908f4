// What a file system should be.
// SPDX-License-Identifier: MIT
#include "model.hpp"

#include <functional>

namespace {

NodePtr copy_of(const Node& node, std::map<const Node*, NodePtr>& copies) {
    NodePtr& copy = copies[&node];
    if (!copy) {
        copy = std::make_shared<Node>(node);
        for (auto& [name, entry] : copy->entries)
            entry = copy_of(*entry, copies);
    }
    return copy;
}

void walk(const Node& node, const std::string& path, std::map<const Node*, std::string>& first,
          Snapshot& all) {
    const std::string& first_path = first.emplace(&node, path).first->second;
    std::uint64_t links = node.links;
    if (node.type == fs::FileType::directory) {
        links = 2;
        for (const auto& [name, entry] : node.entries)
            links += entry->type == fs::FileType::directory ? 1 : 0;
    }
    all[path] = describe(node.type, links, node.contents, first_path);
    for (const auto& [name, entry] : node.entries)
        walk(*entry, (path == "/" ? "" : path) + "/" + name, first, all);
}

} // namespace

std::string describe(fs::FileType type, std::uint64_t links, std::string_view contents,
                     const std::string& first_path) {
    return std::to_string(static_cast<int>(type)) + " links " + std::to_string(links) + " size " +
           std::to_string(contents.size()) + " contents " +
           std::to_string(std::hash<std::string_view>{}(contents)) + " same as " + first_path;
}

Model::Model() : root_(std::make_shared<Node>()) { root_->type = fs::FileType::directory; }

Model::Model(const Model& other) {
    std::map<const Node*, NodePtr> copies;
    root_ = copy_of(*other.root_, copies);
}

Result<NodePtr> Model::find(const std::string& path) const {
    NodePtr node = root_;
    for (std::size_t start = 1; start < path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        if (node->type != fs::FileType::directory)
            return std::unexpected(Error::not_directory);
        const auto entry = node->entries.find(path.substr(start, end - start));
        if (entry == node->entries.end())
            return std::unexpected(Error::not_found);
        node = entry->second;
        start = end + 1;
    }
    return node;
}

Result<Model::Target> Model::target(const std::string& path) const {
    const std::size_t slash = path.rfind('/');
    Target target{TRY(find(path.substr(0, slash))), path.substr(slash + 1)};
    if (target.directory->type != fs::FileType::directory)
        return std::unexpected(Error::not_directory);
    return target;
}

Result<NodePtr> Model::create(const std::string& path, fs::FileType type) {
    const Target place = TRY(target(path));
    if (place.directory->entries.contains(place.name))
        return std::unexpected(Error::exists);
    auto node = std::make_shared<Node>();
    node->type = type;
    node->links = 1;
    place.directory->entries[place.name] = node;
    return node;
}

Result<void> Model::link(const std::string& old_path, const std::string& path) {
    const NodePtr node = TRY(find(old_path));
    TRY(find(path.substr(0, path.rfind('/'))));
    if (node->type == fs::FileType::directory)
        return std::unexpected(Error::not_permitted);
    const Target place = TRY(target(path));
    if (place.directory->entries.contains(place.name))
        return std::unexpected(Error::exists);
    place.directory->entries[place.name] = node;
    ++node->links;
    return {};
}

Result<void> Model::unlink(const std::string& path) {
    const Target place = TRY(target(path));
    const auto entry = place.directory->entries.find(place.name);
    if (entry == place.directory->entries.end())
        return std::unexpected(Error::not_found);
    if (!entry->second->entries.empty())
        return std::unexpected(Error::not_empty);
    --entry->second->links;
    place.directory->entries.erase(entry);
    return {};
}

void Model::write(Node& file, std::uint64_t offset, std::string_view text) {
    if (text.empty())
        return;
    if (file.contents.size() < offset + text.size())
        file.contents.resize(offset + text.size());
    file.contents.replace(offset, text.size(), text);
}

Snapshot Model::snapshot() const {
    Snapshot all;
    std::map<const Node*, std::string> first;
    walk(*root_, "/", first, all);
    return all;
}
