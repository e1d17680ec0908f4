// Task 2. kernel.hpp knows which process runs.
panic("fault_dispatch: not written (task 2)");
