# SPDX-License-Identifier: MIT
# cmake -DROOT=… -P checknames.cmake
# A unity build compiles the sources of a room as one (hubkeeper_unite_rooms): what they have in
# unnamed namespaces needs names of its own there. Developers' builds do not notice; this does.
# Reported are types, values and functions of the same arguments that two files of a room declare.
# Not all clashes, but those that are made without a thought.
# Types and inline functions of headers need names of their own in all of a namespace: two of one
# name are one to the linker, which takes the functions of either.
cmake_minimum_required(VERSION 3.25)

# note(KEY NAME): reports a name that another file of the room has.
function(note key name)
    string(MAKE_C_IDENTIFIER "${room} ${key}" place)
    get_property(other GLOBAL PROPERTY names_${place})
    if(other AND NOT other STREQUAL file)
        cmake_path(GET other FILENAME first)
        cmake_path(GET file FILENAME second)
        set_property(GLOBAL APPEND PROPERTY clashes "${room}: ${name} is in ${first} and ${second}")
    endif()
    set_property(GLOBAL PROPERTY names_${place} "${file}")
endfunction()

# read_names(TEXT): those of one unnamed namespace, whose declarations begin in the first column.
function(read_names text)
    string(REGEX MATCHALL "\n(class|struct|enum class|enum) [A-Za-z0-9_]+" types "${text}")
    foreach(type ${types})
        string(REGEX REPLACE ".* " "" name "${type}")
        note("${name}" "${name}")
    endforeach()
    string(REGEX MATCHALL "\n(const|constexpr|static) [^\n(=]*[ *&][A-Za-z0-9_]+( =| {|<|\t)" values
        "${text}")
    foreach(value ${values})
        string(REGEX REPLACE "^.*[ *&]([A-Za-z0-9_]+)( =| {|<|\t)$" "\\1" name "${value}")
        note("${name}" "${name}")
    endforeach()
    # From the name to the end of the arguments; without their own names' differences in layout.
    string(REGEX MATCHALL "\n[A-Za-z][^\n(=]*[ *&][A-Za-z0-9_]+\\([^()]*\\)\n{" functions "${text}")
    foreach(function ${functions})
        string(REGEX REPLACE "^\n[^(]*[ *&]([A-Za-z0-9_]+)\\(" "\\1(" function "${function}")
        string(REGEX REPLACE "[ \n]+" " " function "${function}")
        string(REGEX REPLACE " ?{$" "" function "${function}")
        note("${function}" "${function}")
    endforeach()
endfunction()

# read_shared(TEXT): constants of a header, which files of its room see as their own.
function(read_shared text)
    string(REGEX MATCHALL "\ninline (const|constexpr) [^\n(=]*[ *&][A-Za-z0-9_]+( =| {|\\()" values
        "${text}")
    foreach(value ${values})
        string(REGEX REPLACE "^.*[ *&]([A-Za-z0-9_]+)( =| {|\\()$" "\\1" name "${value}")
        note("${name}" "${name}")
    endforeach()
endfunction()

# read_types(TEXT): those that a header defines, and its inline functions.
function(read_types text)
    string(REGEX MATCH "\nnamespace (hubkeeper[a-z:]*) {" ignored "${text}")
    set(room "${CMAKE_MATCH_1}")
    string(REGEX MATCHALL
        "\n(class|struct|enum class|enum) [A-Za-z0-9_]+( final)?( :[^{\t]*)?[ \n]*{" types "${text}")
    foreach(type ${types})
        string(REGEX REPLACE "^\n(class|struct|enum class|enum) ([A-Za-z0-9_]+).*$" "\\2" name "${type}")
        note("type ${name}" "${name}")
    endforeach()
    string(REGEX MATCHALL
        "\n(<<nodiscard>> )?(inline |constexpr )+[^\n(=]*[ *&][A-Za-z0-9_]+\\([^()]*\\)[^\n]*\n{"
        functions "${text}")
    foreach(function ${functions})
        string(REGEX REPLACE "^\n[^(]*[ *&]([A-Za-z0-9_]+\\([^()]*\\)).*$" "\\1" function
            "${function}")
        string(REGEX REPLACE "[ \n]+" " " function "${function}")
        string(REGEX REPLACE "([ *&])[a-z][A-Za-z0-9_]*([,)])" "\\1\\2" function "${function}")
        note("function ${function}" "${function}")
    endforeach()
endfunction()

file(GLOB_RECURSE headers ${ROOT}/core/*.h ${ROOT}/ui/*.h ${ROOT}/app/*.h)
foreach(file ${headers})
    file(READ ${file} text)
    string(REPLACE ";" "\t" text "${text}")
    string(REPLACE "[" "<" text "${text}")
    string(REPLACE "]" ">" text "${text}")
    read_types("${text}")
endforeach()

file(GLOB_RECURSE files ${ROOT}/core/*.cpp ${ROOT}/ui/*.cpp ${ROOT}/app/*.cpp
    ${ROOT}/tests/*.cpp ${ROOT}/tests/*.h)
list(SORT files)
foreach(file ${files})
    cmake_path(GET file PARENT_PATH room)
    cmake_path(RELATIVE_PATH room BASE_DIRECTORY ${ROOT})
    file(READ ${file} text)
    # What would be read as a list.
    string(REPLACE ";" "\t" text "${text}")
    string(REPLACE "[" "<" text "${text}")
    string(REPLACE "]" ">" text "${text}")
    if(file MATCHES "\\.h$")
        read_shared("${text}")
        continue()
    endif()
    while(TRUE)
        string(FIND "${text}" "\nnamespace {\n" begin)
        if(begin EQUAL -1)
            break()
        endif()
        string(SUBSTRING "${text}" ${begin} -1 text)
        string(FIND "${text}" "\n} // namespace\n" end)
        string(SUBSTRING "${text}" 12 ${end} inside)
        read_names("${inside}")
        string(SUBSTRING "${text}" ${end} -1 text)
    endwhile()
endforeach()

get_property(clashes GLOBAL PROPERTY clashes)
if(clashes)
    list(JOIN clashes "\n  " lines)
    message(FATAL_ERROR "These names occur twice in a room or a namespace. Give them names that say what they are of, or "
        "share what is the same:\n  ${lines}")
endif()
