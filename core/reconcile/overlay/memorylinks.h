// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/overlay/overlaylinks.h"

#include <QHash>
#include <QMap>
#include <QSet>

#include <utility>

namespace hubkeeper {

/// Links in memory, with the rules of the server's repository.
class MemoryLinks final : public OverlayLinks
{
public:
    void add(const SyncLink &link) override;

    [[nodiscard]] std::optional<SyncLink> findByFirst(const QString &type, const QString &qualifier,
                                                      const QString &id) override;
    [[nodiscard]] std::optional<SyncLink>
    findBySecond(const QString &type, const QString &qualifier, const QString &id) override;
    [[nodiscard]] QList<SyncLink> links(const QString &type, const QString &qualifier) override;
    [[nodiscard]] Answer<SyncLink> create(const SyncLink &link) override;
    [[nodiscard]] Answer<SyncLink> update(const SyncLink &link) override;
    [[nodiscard]] Answer<void> remove(const SyncLink &link) override;

    void visit(const std::function<void(const SyncLink &, bool)> &visit) override;
    [[nodiscard]] bool isEnd(const QString &type, const QString &id, bool first) override;

private:
    struct Key
    {
        QString type;
        QString qualifier;
        QString id;

        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, key.type, key.qualifier, key.id);
        }
    };

    [[nodiscard]] std::optional<ObjectFault> refusal(const SyncLink &link) const;
    [[nodiscard]] std::optional<SyncLink> find(const QHash<Key, QString> &index,
                                               const Key &key) const;
    void put(const SyncLink &link);
    void drop(const SyncLink &link);

    QMap<QString, SyncLink> m_links; ///< By id.
    QHash<Key, QString> m_byFirst;
    QHash<Key, QString> m_bySecond;
    QSet<QString> m_new; ///< Made or moved.
    qint64 m_made = 0;
};

/// What the repository answers to a second link with the same type, qualifier and end.
[[nodiscard]] ObjectFault secondLinkRefused(const SyncLink &link);

} // namespace hubkeeper
