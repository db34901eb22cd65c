// SPDX-License-Identifier: MIT
#pragma once

#include "testkit/dialogmanners.h"
#include "testkit/testprogram.h"

#include <QApplication>

namespace hubkeeper::test {

/// The application of tests that make windows: it looks at every dialog that they open.
class WindowTestApplication final : public QApplication
{
public:
    WindowTestApplication(int &argc, char **argv)
        : QApplication(argc, argv)
        , m_watch(this)
    {
        installEventFilter(&m_watch);
    }

private:
    DialogWatch m_watch;
};

/// As runTests() for tests that make windows; with 96 dots an inch, as QTEST_MAIN does, so that
/// sizes do not depend on the screen.
template <typename Tests>
int runWindowTests(int argc, char **argv)
{
    QCoreApplication::setAttribute(Qt::AA_Use96Dpi);
    return runTests<WindowTestApplication, Tests>(argc, argv);
}

} // namespace hubkeeper::test

#define HUBKEEPER_WINDOW_TEST(Tests)                                                               \
    HUBKEEPER_TEST_ENTRY(Tests, (&hubkeeper::test::runWindowTests<Tests>))
