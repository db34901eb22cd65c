// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>
#include <QTest>

#include <string_view>

namespace hubkeeper::test {

/// A class of tests that joined this program, known by the name of its source file: "tst_call".
/// A program holds one of them, or all of a folder (HUBKEEPER_GROUP_TESTS), because a program
/// each costs more time to link than its tests to run.
struct TestEntry
{
    std::string_view name;
    int (*run)(int argc, char **argv);
};

/// Adds an entry before main() begins; an object of static life each.
class TestRegistration
{
public:
    TestRegistration(const char *sourceFile, int (*run)(int argc, char **argv));
};

/// Runs `Tests` with an application object of `Application`, as the macros of QtTest do.
template <typename Application, typename Tests>
int runTests(int argc, char **argv)
{
    Application application(argc, argv);
    Tests tests;
    return QTest::qExec(&tests, argc, argv);
}

} // namespace hubkeeper::test

// Instead of QTEST_GUILESS_MAIN() and, for windows, testkit/windowtest.h: the last line but one of
// a source file with a class of tests.
#define HUBKEEPER_TEST_ENTRY(Tests, run)                                                           \
    static const hubkeeper::test::TestRegistration registrationOf##Tests(__FILE__, run);
#define HUBKEEPER_TEST(Tests)                                                                      \
    HUBKEEPER_TEST_ENTRY(Tests, (&hubkeeper::test::runTests<QCoreApplication, Tests>))
