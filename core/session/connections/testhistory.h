// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "connector/testreport.h"

namespace hubkeeper {

/// What remains of one test of a connection.
struct PastTest
{
    QDateTime at; ///< UTC.
    TestStep::State state = TestStep::Passed; ///< Passed, Warned or Failed: of the worst step.
    QString sentence; ///< English: why it failed or what it warned of; may be empty.

    bool operator==(const PastTest &) const = default;
};

/// The newest tests of each connection, oldest first, in `tests.json` below Paths::state (0600). A
/// damaged file reads as empty, since nothing but a display depends on it.
class TestHistory
{
public:
    static constexpr qsizetype mostTests = 40; ///< Of one connection.

    [[nodiscard]] static QList<PastTest> of(const QString &connectionId, const Paths &paths);
    /// Appends and saves; other programs may do so at the same time. Fails with NotSaved, or
    /// Storage if the file cannot be locked.
    [[nodiscard]] static Result<void> add(const QString &connectionId, const TestReport &report,
                                          const Paths &paths);
};

} // namespace hubkeeper
