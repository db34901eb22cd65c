// SPDX-License-Identifier: MIT
#pragma once

#include "program.h"

#include <QTest>

namespace hubkeeper::test {

/// The program, a practice portal beside it, and the file that leads there: what a class of tests
/// starts once.
class CliPracticeRig
{
protected:
    /// A contact of the portal.
    const QString contact = QStringLiteral("150000000001");

    void startPractice()
    {
        m_program.withoutKeychain();
        m_practice = std::make_unique<Practice>(m_program);
        QVERIFY(m_practice->isServing());
        m_file = m_program.path(QStringLiteral("p.json"));
    }
    Ended run(const QStringList &arguments, const QByteArray &input = {})
    {
        return m_program.run(arguments, input);
    }
    /// VERB p.json REST, as JSON.
    Ended json(const QStringList &verb, const QStringList &rest = {}, const QByteArray &input = {})
    {
        return run(verb + QStringList {m_file} + rest + QStringList {QStringLiteral("--json")},
                   input);
    }
    void setMode(const QString &mode)
    {
        QCOMPARE(run({QStringLiteral("connections"), QStringLiteral("set"), m_file,
                      QStringLiteral("--mode"), mode})
                     .code,
                 0);
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_file;
};

} // namespace hubkeeper::test
