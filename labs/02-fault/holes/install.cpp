// Task 4. kernel.memory.translations[space] is a Space (space.hpp), which puts one page's
// translation in force; kernel.memory.frames knows which frame an index means. Three things to
// think of: which flags the machine itself would leave (PteFlags has a function for that); that
// code which was just stored will be fetched (csr.hpp); and that the fence of translations is
// there already, in what you call.
static_cast<void>(resolution);
return std::unexpected(Error::invalid);
