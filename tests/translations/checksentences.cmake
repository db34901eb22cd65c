# SPDX-License-Identifier: MIT
# A sentence for people in core passes a translation: <Part>Text::tr(), or QT_TRANSLATE_NOOP in a
# rule. The practice portal answers in HubSpot's words, the filter parser in IDM's, and curl lines are
# not for people.
file(GLOB_RECURSE files ${SOURCE}/core/*.cpp ${SOURCE}/core/*.h)
list(FILTER files EXCLUDE REGEX "/core/practice/|/curlline\\.cpp$|/crestparser\\.cpp$")
set(wrong "")
set(sentences 0)
foreach(file IN LISTS files)
    file(STRINGS ${file} lines)
    file(RELATIVE_PATH name ${SOURCE} ${file})
    foreach(line IN LISTS lines)
        if(line MATCHES "Text::tr\\(")
            math(EXPR sentences "${sentences} + 1")
        elseif(line MATCHES "u\"[A-Z%][^\"]* [^\"]*[a-z)][.?!]\"_s"
                OR line MATCHES "u\"[A-Z&][^\"]* [^\"]* [^\"]*\"$")
            string(APPEND wrong "\n  ${name}: ${line}")
        endif()
    endforeach()
endforeach()
if(sentences LESS 100)
    message(FATAL_ERROR "Only ${sentences} sentences were found: this test looks in vain.")
endif()
if(wrong)
    message(FATAL_ERROR "These sentences cannot be translated:${wrong}")
endif()
message(STATUS "${sentences} lines of core have sentences; all can be translated.")
