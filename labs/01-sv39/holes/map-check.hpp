// Of a kit: with such tables in force the kernel could not say any more what is wrong.
if ((kernel_map.root.entries[ROOT_RAM].raw() & 1) == 0)
    panic("the kernel's own map is empty: Pte::leaf and Pte::table (lab 1, task 1)");
if (sv39::index_at(Page::containing(VirtAddr(KERNEL_STACKS)), 2) != ROOT_STACKS)
    panic("the kernel's own map is not where it should be: index_at (lab 1, task 2)");
