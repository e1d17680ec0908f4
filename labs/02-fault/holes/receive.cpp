// Task 2. The address that was accessed stands in stval, the kind of access follows from scause
// (csr.hpp; exception::access_of), and who accessed it is in the frame.
static_cast<void>(frame);
return {VirtAddr(0), VirtAddr(0), Access::load};
