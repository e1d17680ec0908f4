# The rigs of labs: small kernels that ask a student's code what the judge wants to know.
# SPDX-License-Identifier: MIT

# guest_rig(FOLDER): the rig of the lab in labs/FOLDER, lab-NN-rig.elf: a kernel of the HAL and of
# the files rig*.cpp and rig*.S there. One that has rig_map.cpp makes the kernel's map by itself;
# one that has rig.cmake stands on a whole kernel: it sets rig_kernel, rig_without (a pattern of
# that kernel's objects that the rig replaces) and rig_link_options.
function(guest_rig folder)
    string(REGEX MATCH "^[0-9]+" number ${folder})
    set(name lab-${number}-rig)
    set(top ${FAULTLINE_TOP}/labs/${folder})
    file(GLOB sources CONFIGURE_DEPENDS ${top}/rig*.cpp ${top}/rig*.S)
    set(objects $<TARGET_OBJECTS:hal>)
    set(layers labs/${folder} arch/riscv services abi lib)
    if(EXISTS ${top}/rig_map.cpp)
        set(objects $<FILTER:${objects},EXCLUDE,/kernel_map\\.cpp>)
    endif()
    include(${top}/rig.cmake OPTIONAL)
    if(rig_kernel AND NOT TARGET ${rig_kernel}-objects)
        return() # that kernel is not built
    endif()
    if(rig_kernel)
        list(APPEND layers kernels/${rig_kernel})
        list(APPEND objects
            $<FILTER:$<TARGET_OBJECTS:${rig_kernel}-objects>,EXCLUDE,${rig_without}>)
    endif()
    guest_objects(${name}-objects SOURCES ${sources} LAYERS ${layers})
    if(rig_kernel)
        target_include_directories(${name}-objects PRIVATE
            ${FAULTLINE_TOP}/kernels/${rig_kernel}/placement)
    endif()
    add_executable(${name} $<TARGET_OBJECTS:${name}-objects> ${objects}
        $<TARGET_OBJECTS:hal-timer-sbi>)
    target_link_libraries(${name} PRIVATE base)
    target_link_options(${name} PRIVATE ${rig_link_options})
    guest_linker_script(${name} ${FAULTLINE_TOP}/arch/riscv/kernel.ld.S)
    set_target_properties(${name} PROPERTIES SUFFIX .elf
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()
