# How guest images are compiled and linked: one set of flags, one function for each kind of image.
# SPDX-License-Identifier: MIT

include(DefinedBehaviour)
# Every placement of a service is compiled with the same flags, run-time checks included.
set(GUEST_FLAGS
    -march=rv64imac_zicsr_zifencei -mabi=lp64 -mcmodel=medany -mno-relax
    -ffreestanding -nostdlib -fno-pic -fno-pie
    -msmall-data-limit=0       # no .sdata: gp stays free
    -g -fno-omit-frame-pointer -fno-optimize-sibling-calls # a debugger sees every caller
    -fno-stack-protector -fno-asynchronous-unwind-tables -fno-unwind-tables -fno-common
    -Wall -Wextra)
set(GUEST_CXX_FLAGS
    -std=c++23 -fno-exceptions -fno-rtti -fno-threadsafe-statics -fno-use-cxa-atexit
    -D_GLIBCXX_ASSERTIONS      # indices into span and array are checked, everywhere
)
if(FAULTLINE_BUILD STREQUAL "debug")
    list(APPEND GUEST_FLAGS -Og)
else()
    list(APPEND GUEST_FLAGS -O2)
endif()
# The road of a page fault, as paths below the tree's top; and what a lab's rig calls. The debug
# build does not optimise it: a debugger then finds all that -Og would leave "optimized out".
set(GUEST_ROAD
    "^(services/vm/fault|kernels/[a-z]+/(entry|fault|syscall)|kernels/micro/ipc/l4/ipc|\
kernels/[a-z]+/(servers|extensions)/.*|kernels/exo/libos/fault|labs/[^/]+/rig_steps)\\.cpp$")
set(GUEST_LINK_FLAGS
    -nostdlib -static -no-pie -Wl,--build-id=none -Wl,--orphan-handling=error
    -Wl,-z,max-page-size=4096 -Wl,--no-relax -Wl,--fatal-warnings -Wl,--no-warn-rwx-segments)

# What every image is compiled with: flags, and an empty header that libstdc++ asks for.
function(guest_target target)
    target_compile_options(${target} PRIVATE ${GUEST_FLAGS}
        $<$<COMPILE_LANGUAGE:CXX>:${GUEST_CXX_FLAGS}>)
    target_include_directories(${target} SYSTEM PRIVATE ${FAULTLINE_TOP}/guest/include)
    # -I, not -isystem: a layer is a layer.
    layers(${target} ${ARGN})
    leave_nothing_undefined(${target} ${ARGN})
    if(FAULTLINE_BUILD STREQUAL "debug")
        leave_road_unoptimised(${target})
    endif()
endfunction()

# Compiles those sources of TARGET that are on the fault's road with -O0.
function(leave_road_unoptimised target)
    get_target_property(sources ${target} SOURCES)
    foreach(source IN LISTS sources)
        get_filename_component(path ${source} ABSOLUTE)
        file(RELATIVE_PATH path ${FAULTLINE_TOP} ${path})
        if(path MATCHES "${GUEST_ROAD}")
            set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS -O0)
            list(APPEND road ${source})
        endif()
    endforeach()
    set_target_properties(${target} PROPERTIES ROAD "${road}")
endfunction()

# Links the road's sources of TARGET first. An inline function is taken from the first object that
# has it: so from one that is not optimised.
function(link_road_first target)
    get_target_property(road ${target} ROAD)
    if(road)
        get_target_property(sources ${target} SOURCES)
        list(REMOVE_ITEM sources ${road})
        set_target_properties(${target} PROPERTIES SOURCES "${road};${sources}")
    endif()
endfunction()

# guest_objects(NAME SOURCES ... LAYERS ...): objects for images to take.
function(guest_objects name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LAYERS")
    add_library(${name} OBJECT ${arg_SOURCES})
    guest_target(${name} ${arg_LAYERS})
endfunction()

# Runs the preprocessor over a linker script.
function(guest_linker_script target script)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/${target}.ld)
    add_custom_command(OUTPUT ${output}
        COMMAND ${CMAKE_CXX_COMPILER} -E -P -x assembler-with-cpp -I ${FAULTLINE_TOP} ${ARGN}
                ${script} -o ${output}
        DEPENDS ${script} ${FAULTLINE_TOP}/abi/address_map.h ${FAULTLINE_TOP}/abi/library_table.h
        COMMENT "Linker script of ${target}" VERBATIM)
    add_custom_target(${target}-ld DEPENDS ${output})
    add_dependencies(${target} ${target}-ld)
    target_link_options(${target} PRIVATE ${GUEST_LINK_FLAGS} -T ${output})
    set_target_properties(${target} PROPERTIES LINK_DEPENDS ${output})
endfunction()

# guest_kernel(NAME [FOLDER f] SOURCES ... LAYERS ...): NAME.elf and NAME-sstc.elf, which differ in
# the timer file only. Its own headers lie in FOLDER, kernels/NAME unless said.
function(guest_kernel name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER" "SOURCES;LAYERS")
    if(NOT arg_FOLDER)
        set(arg_FOLDER kernels/${name})
    endif()
    guest_objects(${name}-objects SOURCES ${arg_SOURCES}
        LAYERS ${arg_FOLDER} arch/riscv services abi lib ${arg_LAYERS})
    # The guard page below a kernel stack catches what grows past the end in steps smaller than it.
    target_compile_options(${name}-objects PRIVATE
        $<$<COMPILE_LANGUAGE:CXX>:-Wframe-larger-than=2048>)
    foreach(timer IN ITEMS sbi sstc)
        set(image ${name})
        if(timer STREQUAL "sstc")
            set(image ${name}-sstc)
        endif()
        add_executable(${image} $<TARGET_OBJECTS:${name}-objects> $<TARGET_OBJECTS:hal>
            $<TARGET_OBJECTS:hal-timer-${timer}>)
        target_link_libraries(${image} PRIVATE base)
        guest_linker_script(${image} ${FAULTLINE_TOP}/arch/riscv/kernel.ld.S)
        set_target_properties(${image} PROPERTIES SUFFIX .elf
            RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
    endforeach()
endfunction()

# A user-mode image: onto the disk, under its path below the build folder, without debug data.
function(guest_install target path)
    get_filename_component(directory ${path} DIRECTORY)
    get_filename_component(file ${path} NAME)
    set_target_properties(${target} PROPERTIES OUTPUT_NAME ${file}
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/${directory})
    guest_member(${path} ${target})
endfunction()

# PATH, made by TARGET, becomes a member of the disk: bin/X is /bin/X, other paths are below /lib.
function(guest_member path target)
    set_property(GLOBAL APPEND PROPERTY GUEST_MEMBERS ${path})
    set_property(GLOBAL APPEND PROPERTY GUEST_MEMBER_TARGETS ${target})
endfunction()

# guest_image(NAME PATH p BASE address ENTRY symbol [DATA_ALIGNMENT bytes] SOURCES ... LAYERS ...):
# a library or a server.
function(guest_image name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "PATH;BASE;ENTRY;DATA_ALIGNMENT" "SOURCES;LAYERS")
    if(NOT arg_DATA_ALIGNMENT)
        set(arg_DATA_ALIGNMENT 0x1000)
    endif()
    add_executable(${name} ${arg_SOURCES})
    guest_target(${name} abi lib ${arg_LAYERS})
    target_link_libraries(${name} PRIVATE base)
    guest_linker_script(${name} ${FAULTLINE_TOP}/user/image.ld.S
        -DIMAGE_BASE=${arg_BASE} -DIMAGE_ENTRY=${arg_ENTRY} -DDATA_ALIGNMENT=${arg_DATA_ALIGNMENT})
    guest_install(${name} ${arg_PATH})
endfunction()

# The sources of the system library. How a call is made says a kernel's system_call.hpp.
set(LIBRARY_OF_CALLS library.cpp panic.cpp start.cpp fault_entry.S fault_handler.cpp)
list(TRANSFORM LIBRARY_OF_CALLS PREPEND ${FAULTLINE_TOP}/user/library/)

# guest_system_library(KERNEL [ENTRY symbol] [DATA_ALIGNMENT bytes] SOURCES ... LAYERS ...): what
# KERNEL maps into the library's slot.
function(guest_system_library kernel)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "ENTRY;DATA_ALIGNMENT" "SOURCES;LAYERS")
    if(NOT arg_ENTRY)
        set(arg_ENTRY library_table)
    endif()
    guest_image(${kernel}-library PATH ${kernel}/library BASE LIBRARY_BASE ENTRY ${arg_ENTRY}
        DATA_ALIGNMENT "${arg_DATA_ALIGNMENT}"
        SOURCES ${FAULTLINE_TOP}/abi/library_table.S ${FAULTLINE_TOP}/user/library/entry.S
            ${arg_SOURCES}
        LAYERS user/lib ${arg_LAYERS})
    link_road_first(${kernel}-library)
endfunction()

# guest_program(NAME SLOT n [NEEDS word...] [BOOT line] [FIGURES] [BENCHMARK] SOURCES ...):
# bin/NAME, one file for all kernels.
#   NEEDS      features (guest_kernel_features) without which a kernel cannot run it yet
#   BOOT       what else stands on the kernel's command line, such as "pool=24 policy=clock"
#   FIGURES    its last lines are figures of its own, which may differ between kernels
#   BENCHMARK  it prints `bench` lines (docs/bench.md)
#   BY_CHANCE  what is watched may not happen in a run: compare tries again
function(guest_program name)
    cmake_parse_arguments(PARSE_ARGV 1 arg
        "FIGURES;BENCHMARK;BY_CHANCE" "SLOT;BOOT" "NEEDS;SOURCES")
    math(EXPR base "0x10000000 + ${arg_SLOT} * 0x1000000" OUTPUT_FORMAT HEXADECIMAL)
    add_executable(program-${name} ${arg_SOURCES} $<TARGET_OBJECTS:program-start>)
    guest_target(program-${name} user/lib abi lib)
    guest_linker_script(program-${name} ${FAULTLINE_TOP}/user/program.ld.S -DSLOT_BASE=${base})
    guest_install(program-${name} bin/${name})
    set(entry "\"program\": \"${name}\", \"file\": \"bin/${name}\"")
    if(arg_NEEDS)
        json_words(needs ${arg_NEEDS})
        string(APPEND entry ", \"needs\": ${needs}")
    endif()
    if(arg_BOOT)
        string(APPEND entry ", \"boot\": \"${arg_BOOT}\"")
    endif()
    foreach(flag IN ITEMS FIGURES BENCHMARK BY_CHANCE)
        if(arg_${flag})
            string(TOLOWER ${flag} key)
            string(APPEND entry ", \"${key}\": true")
        endif()
    endforeach()
    set_property(GLOBAL APPEND PROPERTY GUEST_PROGRAMS "    {${entry}}")
endfunction()

function(json_words result) # the words as a JSON list
    list(TRANSFORM ARGN PREPEND "\"")
    list(TRANSFORM ARGN APPEND "\"")
    list(JOIN ARGN ", " words)
    set(${result} "[${words}]" PARENT_SCOPE)
endfunction()

# guest_kernel_features(KERNEL word...): what KERNEL can do beyond page faults and the console; a
# program that NEEDS another word is `not yet` for it.
function(guest_kernel_features kernel)
    set_property(GLOBAL APPEND PROPERTY GUEST_FEATURES_${kernel} ${ARGN})
endfunction()

# guest_kernel_ram_disk(KERNEL [MEMBER...]): KERNEL gets a RAM disk, too: /lib/KERNEL and MEMBERs.
function(guest_kernel_ram_disk kernel)
    set_property(GLOBAL APPEND PROPERTY GUEST_RAM_DISKS ${kernel})
    set_property(GLOBAL PROPERTY GUEST_RAM_DISK_${kernel} ${ARGN})
endfunction()

# guest_kernel_benchmark(KERNEL NAME LINE): booted with LINE, it prints `bench` lines of its own.
function(guest_kernel_benchmark kernel name line)
    set_property(GLOBAL APPEND PROPERTY GUEST_BENCHMARKS_${kernel}
        "{\"benchmark\": \"${name}\", \"boot\": \"${line}\"}")
endfunction()

# guest_kernel_images(KERNEL DOMAIN FILE [DOMAIN FILE]...): what runs under KERNEL besides programs.
function(guest_kernel_images kernel)
    set(images "{\"domain\": \"kernel\", \"file\": \"${kernel}.elf\"}")
    set(rest ${ARGN})
    while(rest)
        list(POP_FRONT rest domain file)
        string(APPEND images ",\n       {\"domain\": \"${domain}\", \"file\": \"${file}\"}")
    endwhile()
    set_property(GLOBAL PROPERTY GUEST_IMAGES_${kernel} "${images}")
    set_property(GLOBAL APPEND PROPERTY GUEST_KERNELS ${kernel})
endfunction()

# The disk, the manifest, and the script that builds a reader's own program.
function(guest_finish)
    get_property(members GLOBAL PROPERTY GUEST_MEMBERS)
    get_property(targets GLOBAL PROPERTY GUEST_MEMBER_TARGETS)
    set(staged "")
    foreach(path target IN ZIP_LISTS members targets)
        get_filename_component(directory ${path} DIRECTORY)
        set(stage ${CMAKE_OBJCOPY} --strip-debug)
        if(path MATCHES "\\.o$") # an extension: signed as it is
            set(stage ${CMAKE_COMMAND} -E copy)
        endif()
        add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/staged/${path}
            COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/staged/${directory}
            COMMAND ${stage} ${CMAKE_BINARY_DIR}/${path} ${CMAKE_BINARY_DIR}/staged/${path}
            # The file too: a target that is no executable brings order, but does not grow old.
            DEPENDS ${target} ${CMAKE_BINARY_DIR}/${path} COMMENT "Staging ${path}" VERBATIM)
        list(APPEND staged ${CMAKE_BINARY_DIR}/staged/${path})
    endforeach()
    guest_disk(${CMAKE_BINARY_DIR}/staged "${members}" "${staged}")

    get_property(names GLOBAL PROPERTY GUEST_KERNELS)
    get_property(ram_disks GLOBAL PROPERTY GUEST_RAM_DISKS)
    guest_ram_disks(${CMAKE_BINARY_DIR}/staged "${ram_disks}" "${members}" "${staged}")
    set(kernels "")
    foreach(kernel IN LISTS names)
        get_property(images GLOBAL PROPERTY GUEST_IMAGES_${kernel})
        get_property(features GLOBAL PROPERTY GUEST_FEATURES_${kernel})
        json_words(has ${features})
        set(ram_disk "")
        if(kernel IN_LIST ram_disks)
            set(ram_disk "     \"ram_disk\": \"${kernel}.img\",\n")
        endif()
        get_property(benchmarks GLOBAL PROPERTY GUEST_BENCHMARKS_${kernel})
        list(JOIN benchmarks ", " benchmarks)
        string(CONCAT entry
            "    {\"kernel\": \"${kernel}\", \"image\": \"${kernel}.elf\", "
            "\"image_sstc\": \"${kernel}-sstc.elf\",\n     \"has\": ${has},\n${ram_disk}"
            "     \"benchmarks\": [${benchmarks}],\n"
            "     \"images\": [\n       ${images}]}")
        list(APPEND kernels "${entry}")
    endforeach()
    list(JOIN kernels ",\n" kernels)
    get_property(programs GLOBAL PROPERTY GUEST_PROGRAMS)
    list(JOIN programs ",\n" programs)
    string(REPLACE "GNU" "GCC" compiler "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}")
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/manifest.json @ONLY CONTENT
"{\"version\": 1, \"build\": \"${FAULTLINE_BUILD}\", \"disk\": \"disk.img\",
  \"compiler\": \"${compiler}\",
  \"kernels\": [
${kernels}],
  \"programs\": [
${programs}]}
")
    guest_program_builder()
endfunction()
