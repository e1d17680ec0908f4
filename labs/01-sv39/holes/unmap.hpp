static_cast<void>(memory);
static_cast<void>(root);
static_cast<void>(page);
return std::unexpected(Error::not_mapped); // task 4
