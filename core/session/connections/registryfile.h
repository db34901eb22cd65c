// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QJsonObject>

#include <functional>

namespace hubkeeper {

/// A list of entries in a JSON file (0600) that windows and command lines share: every change takes
/// its lock, reads it again and writes it, so that nobody's entries are lost. Members this version
/// does not know stay. A damaged file is never overwritten.
class RegistryFile
{
public:
    using Change = std::function<Result<void>(QJsonObject &root)>;

    /// With an empty path the list lives in memory only: every change is made to what is handed
    /// over. `list` is the member that holds the entries.
    RegistryFile(QString path, QString list);

    [[nodiscard]] const QString &path() const { return m_path; }
    /// The whole file; empty if there is none. Fails with Storage if it is damaged.
    [[nodiscard]] Result<QJsonObject> read() const;
    /// What the file holds after `change`; `known` is what it was in memory. Fails as read(), as
    /// `change` does, or with NotSaved; the file is unchanged then.
    [[nodiscard]] Result<QJsonObject> update(const QJsonObject &known, const Change &change) const;
    /// Takes the entry with this id out of `root`.
    void removeEntry(QJsonObject &root, const QString &id) const;
    /// Puts `entry` in place of the first with its id, or at the end.
    void putEntry(QJsonObject &root, const QJsonObject &entry) const;
    /// The entry with this id; empty if there is none.
    [[nodiscard]] QJsonObject entry(const QJsonObject &root, const QString &id) const;

private:
    [[nodiscard]] Result<QJsonObject> rootFrom(const QByteArray &bytes) const;
    [[nodiscard]] Result<QJsonObject> readNow() const;

    QString m_path;
    QString m_list;
};

} // namespace hubkeeper
