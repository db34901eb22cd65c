// SPDX-License-Identifier: MIT
#include "testkit/testprogram.h"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace hubkeeper::test {

namespace {

std::vector<TestEntry> &entries()
{
    static std::vector<TestEntry> all;
    return all;
}

/// "tst_call" of "/home/me/hubkeeper/tests/base/tst_call.cpp".
std::string_view stemOf(std::string_view path)
{
    path.remove_prefix(path.find_last_of("/\\") + 1);
    return path.substr(0, path.find('.'));
}

const TestEntry *entryNamed(std::string_view name)
{
    const auto found = std::find_if(entries().begin(), entries().end(),
                                    [&](const TestEntry &entry) { return entry.name == name; });
    return found == entries().end() ? nullptr : &*found;
}

int listEntries()
{
    std::fputs("Say which of these tests; arguments for QtTest may follow:\n", stderr);
    for (const TestEntry &entry : entries())
        std::fprintf(stderr, "  %.*s\n", int(entry.name.size()), entry.name.data());
    return 2;
}

} // namespace

TestRegistration::TestRegistration(const char *sourceFile, int (*run)(int, char **))
{
    entries().push_back({stemOf(sourceFile), run});
}

/// The first argument names an entry; a program with a single one does without.
int runNamedEntry(int argc, char **argv)
{
    if (argc > 1) {
        if (const TestEntry *entry = entryNamed(argv[1])) {
            argv[1] = argv[0];
            return entry->run(argc - 1, argv + 1);
        }
    }
    return entries().size() == 1 ? entries().front().run(argc, argv) : listEntries();
}

} // namespace hubkeeper::test

int main(int argc, char **argv)
{
    return hubkeeper::test::runNamedEntry(argc, argv);
}
