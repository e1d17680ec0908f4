// Task 2. kernel.hpp knows which process runs.
[[gnu::noipa]] Process& fault_dispatch() { panic("fault_dispatch: not written (task 2)"); }
