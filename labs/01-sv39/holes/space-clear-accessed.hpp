static_cast<void>(page); // task 6: PteFlags has a function for it
return std::unexpected(Error::not_mapped);
