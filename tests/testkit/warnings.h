// SPDX-License-Identifier: MIT
#pragma once

#include <QRegularExpression>
#include <QTest>

namespace hubkeeper::test {

/// Any warning of Qt or of ours fails the test function, but for what the offscreen platform says
/// of itself. Call it in init(): it holds for one test function.
inline void failOnUnexpectedWarnings()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(
        "^(?!This plugin does not support (propagateSizeHints|raise|grabbing the keyboard))")));
}

} // namespace hubkeeper::test
