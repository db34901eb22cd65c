// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "provisioner/rules/finding.h"

#include <QHash>

namespace hubkeeper {

/// What makes a finding the same one in a later version of its file: rule, pointer and message,
/// without line, column and the number of days left. 32 hexadecimal digits. Never changes for the
/// same finding on the command line, which is English; a translated window makes others.
[[nodiscard]] QString fingerprintOf(const Finding &finding);

/// The findings somebody has agreed to live with; a file kept under version control.
class Baseline
{
public:
    /// Fails with InvalidInput if it is not a baseline.
    [[nodiscard]] static Result<Baseline> parse(const QByteArray &json);
    /// Reads one of at most 64 MB. Fails as readFile() and parse(), naming the file.
    [[nodiscard]] static Result<Baseline> read(const QString &path);
    /// What the baseline at `path` calls a file: its path relative to the baseline, with slashes,
    /// so that it does not matter where the program is started.
    [[nodiscard]] static QString nameFor(const QString &file, const QString &path);

    /// Adds the findings of a file, whose `name` nameFor() says.
    void add(const QString &name, const QList<Finding> &findings);
    /// Takes the known findings of that file out of the list and gives how many those are. A
    /// finding that is there more often than in the baseline stays as often as it is new.
    int hideKnown(const QString &name, QList<Finding> &findings) const;

    [[nodiscard]] qsizetype size() const { return m_entries.size(); }
    /// Sorted, so that its versions compare well.
    [[nodiscard]] QByteArray toJson() const;

    bool operator==(const Baseline &) const = default;

private:
    struct Entry
    {
        QString name;
        QString fingerprint;
        QString ruleId;
        QString pointer;
        QString message;

        bool operator==(const Entry &) const = default;
    };

    QList<Entry> m_entries;
};

} // namespace hubkeeper
