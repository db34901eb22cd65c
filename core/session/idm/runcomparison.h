// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/predictedrun.h"

#include <QHash>

namespace hubkeeper {

/// An object to which something else happened than was predicted.
struct ComparedEntry
{
    std::optional<AuditEntry> predicted; ///< Nothing: it was not predicted.
    std::optional<AuditEntry> came; ///< Nothing: the run has no such entry.

    bool operator==(const ComparedEntry &) const = default;
};

/// Compares what a run did with what was predicted, entry by entry as they come. An object is known
/// by its side, its id there and the link qualifier; situation, action, target and failure are
/// compared, as far as the preview knew them. The target of an object that is created is not: only
/// the server gives it an id.
class RunComparison
{
public:
    enum class Compares {
        Actions, ///< And failures: of a run.
        Situations, ///< Of what only reports: it does nothing, so nothing fails.
    };

    explicit RunComparison(const PredictedRun &predicted, Compares compares = Compares::Actions);

    void add(const AuditEntry &entry);
    [[nodiscard]] qint64 same() const { return m_same; }
    /// What differs: the run's entries in their order, then the predicted ones that are missing, in
    /// the order of the preview.
    [[nodiscard]] QList<ComparedEntry> differences() const;

private:
    QHash<QString, QList<AuditEntry>> m_open; ///< Predicted and not come yet.
    QStringList m_order; ///< Of the keys of the preview.
    QList<ComparedEntry> m_different;
    qint64 m_same = 0;
    Compares m_compares;
};

/// "expected FOUND/UPDATE, found ABSENT/CREATE (failed)", for people.
[[nodiscard]] QString textOf(const ComparedEntry &entry);

} // namespace hubkeeper
