# Lab 2's rig is the monolithic kernel without its own beginning.
# SPDX-License-Identifier: MIT
set(rig_kernel monolithic)
set(rig_without "[.]dir/([.]/)?(boot|entry)[.]cpp")
set(rig_link_options -Wl,--wrap=kernel_trap)
