# The disk image of the guest, made by the host's mkfs (tools/mkfs) of what the build stages.
# SPDX-License-Identifier: MIT
#
# FAULTLINE_MKFS names mkfs; the top CMakeLists.txt builds it first and hands it down. A guest that
# is configured alone without it has no disk image.
set(FAULTLINE_MKFS "" CACHE FILEPATH "The host's mkfs, which makes disk.img; none when empty")

# guest_disk_file(PATH FILE): a file of the disk besides the staged members.
function(guest_disk_file path file)
    set_property(GLOBAL APPEND PROPERTY GUEST_DISK_WORDS --add "${path}=${file}")
    set_property(GLOBAL APPEND PROPERTY GUEST_DISK_DEPENDS "${file}")
endfunction()

# guest_disk_link(PATH EXISTING): another name for what stands at EXISTING on the disk.
function(guest_disk_link path existing)
    set_property(GLOBAL APPEND PROPERTY GUEST_DISK_WORDS --link "${path}=${existing}")
endfunction()

# guest_disk_device(PATH MAJOR MINOR)
function(guest_disk_device path major minor)
    set_property(GLOBAL APPEND PROPERTY GUEST_DISK_WORDS --device "${path}=${major},${minor}")
endfunction()

# What mkfs is told of MEMBERS.
function(guest_disk_members result folder)
    set(arguments "")
    foreach(member IN LISTS ARGN)
        set(path /${member})
        if(NOT path MATCHES "^/bin/")
            set(path /lib${path})
        endif()
        list(APPEND arguments --add ${path}=${folder}/${member})
    endforeach()
    set(${result} ${arguments} PARENT_SCOPE)
endfunction()

# disk.img: programs in /bin, every other staged member in /lib, and what the functions above name.
# FOLDER holds the members, by their paths; STAGED are the files to wait for.
function(guest_disk folder members staged)
    if(NOT FAULTLINE_MKFS)
        message(STATUS "No disk.img: set FAULTLINE_MKFS to the host's tools/mkfs/mkfs")
        add_custom_target(staged ALL DEPENDS ${staged})
        return()
    endif()
    guest_disk_members(arguments ${folder} ${members})
    get_property(words GLOBAL PROPERTY GUEST_DISK_WORDS)
    list(APPEND arguments ${words})
    get_property(depends GLOBAL PROPERTY GUEST_DISK_DEPENDS)
    add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/disk.img
        # 48 MiB with swap: kernels without a disk driver get it as initial RAM disk, and QEMU puts
        # that into the upper half of 128 MiB.
        COMMAND ${FAULTLINE_MKFS} ${CMAKE_BINARY_DIR}/disk.img --blocks 4096 --swap 8192
                ${arguments}
        DEPENDS ${FAULTLINE_MKFS} ${staged} ${depends} COMMENT "Disk image" VERBATIM)
    add_custom_target(disk ALL DEPENDS ${CMAKE_BINARY_DIR}/disk.img)
endfunction()

# KERNEL.img for each of KERNELS (guest_kernel_ram_disk).
function(guest_ram_disks folder kernels members staged)
    if(NOT FAULTLINE_MKFS)
        return()
    endif()
    foreach(kernel IN LISTS kernels)
        set(own ${members})
        list(FILTER own INCLUDE REGEX "^${kernel}/")
        get_property(more GLOBAL PROPERTY GUEST_RAM_DISK_${kernel})
        list(APPEND own ${more})
        guest_disk_members(arguments ${folder} ${own})
        list(TRANSFORM own PREPEND ${folder}/)
        set(image ${CMAKE_BINARY_DIR}/${kernel}.img)
        add_custom_command(OUTPUT ${image}
            # Small: it takes its room from small machines, and is copied at the start. But a file
            # or two more can be put into it by hand (docs/spin.md).
            COMMAND ${FAULTLINE_MKFS} ${image} --fit 64 --inodes 32 --log 26 --swap 0 ${arguments}
            DEPENDS ${FAULTLINE_MKFS} ${own} COMMENT "Initial RAM disk of ${kernel}" VERBATIM)
        add_custom_target(${kernel}-ram-disk ALL DEPENDS ${image})
    endforeach()
endfunction()
