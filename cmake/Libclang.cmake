# libclang's C API, the newest that is installed, as the target `libclang`.
# SPDX-License-Identifier: MIT
#
# Set LIBCLANG_ROOT to use another: the folder that holds include/clang-c and lib/libclang.so.
set(LIBCLANG_ROOT "" CACHE PATH "Where libclang is; found by itself when empty")

set(roots ${LIBCLANG_ROOT})
if(NOT roots)
    # Debian and Ubuntu; then what each llvm-config says (Fedora and others).
    file(GLOB roots /usr/lib/llvm-* /usr/lib64/llvm* /usr/local/llvm*)
    list(SORT roots COMPARE NATURAL ORDER DESCENDING)
    file(GLOB configs /usr/bin/llvm-config* /usr/local/bin/llvm-config*)
    list(SORT configs COMPARE NATURAL ORDER DESCENDING)
    foreach(config IN LISTS configs)
        execute_process(COMMAND ${config} --prefix OUTPUT_VARIABLE root ERROR_QUIET
            OUTPUT_STRIP_TRAILING_WHITESPACE)
        list(APPEND roots ${root})
    endforeach()
endif()
foreach(root IN LISTS roots)
    find_path(LIBCLANG_INCLUDE clang-c/Index.h PATHS ${root}/include NO_DEFAULT_PATH)
    find_library(LIBCLANG_LIBRARY clang PATHS ${root}/lib ${root}/lib64 NO_DEFAULT_PATH)
    if(LIBCLANG_INCLUDE AND LIBCLANG_LIBRARY)
        break()
    endif()
    unset(LIBCLANG_INCLUDE CACHE)
    unset(LIBCLANG_LIBRARY CACHE)
endforeach()
if(NOT LIBCLANG_INCLUDE OR NOT LIBCLANG_LIBRARY)
    message(FATAL_ERROR "libclang is missing: apt-get install libclang-dev (or set LIBCLANG_ROOT)")
endif()

add_library(libclang INTERFACE)
target_include_directories(libclang SYSTEM INTERFACE ${LIBCLANG_INCLUDE})
target_link_libraries(libclang INTERFACE ${LIBCLANG_LIBRARY})
