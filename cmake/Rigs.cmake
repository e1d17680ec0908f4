# The rigs of labs: small kernels that ask a student's code what the judge wants to know.
# SPDX-License-Identifier: MIT

# guest_rig(FOLDER): the rig of the lab in labs/FOLDER, lab-NN-rig.elf: a kernel of the HAL and of
# the files rig*.cpp and rig*.S there. One that has rig_map.cpp makes the kernel's map by itself.
function(guest_rig folder)
    string(REGEX MATCH "^[0-9]+" number ${folder})
    set(name lab-${number}-rig)
    set(top ${FAULTLINE_TOP}/labs/${folder})
    file(GLOB sources CONFIGURE_DEPENDS ${top}/rig*.cpp ${top}/rig*.S)
    set(hal $<TARGET_OBJECTS:hal>)
    if(EXISTS ${top}/rig_map.cpp)
        set(hal $<FILTER:${hal},EXCLUDE,/kernel_map\\.cpp>)
    endif()
    guest_objects(${name}-objects SOURCES ${sources} LAYERS labs/${folder} arch/riscv abi lib)
    add_executable(${name} $<TARGET_OBJECTS:${name}-objects> ${hal}
        $<TARGET_OBJECTS:hal-timer-sbi>)
    target_link_libraries(${name} PRIVATE base)
    guest_linker_script(${name} ${FAULTLINE_TOP}/arch/riscv/kernel.ld.S)
    set_target_properties(${name} PROPERTIES SUFFIX .elf
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()
