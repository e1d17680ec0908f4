# Who may include whom.
# SPDX-License-Identifier: MIT
#
# Every layer is made visible through a folder of its own in the build tree that holds nothing but a
# link to it, so that an include across a forbidden line does not compile.

# The top of the source tree, also when guest/ is configured as a project of its own.
get_filename_component(FAULTLINE_TOP ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)

# layers(TARGET LAYER...): TARGET may include "LAYER/..."; LAYER is a path below the top (lib, abi,
# arch/riscv, services, kernels/spin/interface, ...).
function(layers target)
    # The last map that fits wins, so the top comes first.
    target_compile_options(${target} PRIVATE -fmacro-prefix-map=${FAULTLINE_TOP}/=)
    foreach(layer IN LISTS ARGN)
        string(REPLACE "/" "-" name ${layer})
        set(root ${CMAKE_BINARY_DIR}/layers/${name})
        get_filename_component(parent ${root}/${layer} DIRECTORY)
        file(MAKE_DIRECTORY ${parent})
        file(CREATE_LINK ${FAULTLINE_TOP}/${layer} ${root}/${layer} SYMBOLIC)
        target_include_directories(${target} PRIVATE ${root})
        # Debug information names files where they stand in the tree; strings in the image
        # (__FILE__) name them from the tree's top, so that an image does not depend on where the
        # tree lies.
        target_compile_options(${target} PRIVATE -fdebug-prefix-map=${root}/=${FAULTLINE_TOP}/
            -fmacro-prefix-map=${root}/=)
    endforeach()
endfunction()
