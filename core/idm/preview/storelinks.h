// SPDX-License-Identifier: MIT
#pragma once

#include "base/database.h"
#include "reconcile/overlay/overlaylinks.h"

namespace hubkeeper {

/// Links in the database of a preview's work, with the rules of the server's repository. Throws
/// SQLite::Exception.
class StoreLinks final : public OverlayLinks
{
public:
    explicit StoreLinks(SQLite::Database &work);

    void add(const SyncLink &link) override;
    void visit(const std::function<void(const SyncLink &, bool)> &visit) override;
    [[nodiscard]] bool isEnd(const QString &type, const QString &id, bool first) override;
    [[nodiscard]] std::optional<SyncLink> findByFirst(const QString &type, const QString &qualifier,
                                                      const QString &id) override;
    [[nodiscard]] std::optional<SyncLink>
    findBySecond(const QString &type, const QString &qualifier, const QString &id) override;
    [[nodiscard]] QList<SyncLink> links(const QString &type, const QString &qualifier) override;
    [[nodiscard]] std::optional<SyncLink> findHalf(const QString &type, const QString &qualifier,
                                                   bool withoutFirst) override;
    [[nodiscard]] Answer<SyncLink> create(const SyncLink &link) override;
    [[nodiscard]] Answer<SyncLink> update(const SyncLink &link) override;
    [[nodiscard]] Answer<void> remove(const SyncLink &link) override;

private:
    [[nodiscard]] std::optional<ObjectFault> refusal(const SyncLink &link);
    [[nodiscard]] static std::optional<SyncLink> found(SQLite::Statement &statement,
                                                       const QStringList &values);
    void put(const SyncLink &link, bool isNew);

    SQLite::Database &m_work;
    qint64 m_made = 0;
    SQLite::Statement m_byFirst;
    SQLite::Statement m_bySecond;
    SQLite::Statement m_put;
};

} // namespace hubkeeper
