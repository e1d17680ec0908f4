static_cast<void>(page); // task 6
static_cast<void>(frame);
static_cast<void>(flags);
return std::unexpected(Error::not_mapped);
