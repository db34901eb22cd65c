// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QJsonObject>

#include <map>
#include <optional>

namespace hubkeeper::practice {

/// A link of the repository (idm-connector 6.3).
struct StoredLink
{
    QString id;
    int revision = 1;
    QString type; ///< Name of the mapping that owns it.
    QString qualifier;
    std::optional<QString> firstId; ///< Of the owner's source; nothing is a null (fact 16).
    std::optional<QString> secondId;
};

/// All links, in the order they were made. Of one type and qualifier no two may have the same first
/// or the same second id (recon-vectors, fact 40).
class LinkTable
{
public:
    [[nodiscard]] const std::map<qint64, StoredLink> &links() const { return m_links; }
    [[nodiscard]] const StoredLink *find(const QString &id) const;

    [[nodiscard]] const StoredLink *withFirst(const QString &type, const QString &qualifier,
                                              const QString &id) const;
    [[nodiscard]] const StoredLink *withSecond(const QString &type, const QString &qualifier,
                                               const QString &id) const;

    /// Adds a link; an empty id becomes a random one. Nothing if the index refuses it.
    std::optional<StoredLink> add(StoredLink link);
    /// Changes the ends and raises the revision; false if the index refuses it or it is gone.
    bool change(const QString &id, const std::optional<QString> &firstId,
                const std::optional<QString> &secondId);
    bool remove(const QString &id);
    void clear();

    /// As repo/link shows it.
    [[nodiscard]] static QJsonObject toJson(const StoredLink &link);

private:
    [[nodiscard]] bool isTaken(const StoredLink &link) const;
    void index(const StoredLink &link, bool isAdded);

    std::map<qint64, StoredLink> m_links;
    QHash<QString, qint64> m_numbers; // By id.
    QHash<QString, QString> m_ends; // Ids by type, qualifier, side and end.
    qint64 m_next = 0;
};

} // namespace hubkeeper::practice
