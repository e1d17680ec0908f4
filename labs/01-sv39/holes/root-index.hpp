// The tree asserts here that index_at finds this entry for KERNEL_STACKS; in a kit it is looked at
// when the kernel starts (enter_kernel_map).
