// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/overlay/side.h"
#include "reconcile/run/synchronisation.h"
#include "reconcile/world/mappingscripts.h"
#include "reconcile/world/objectaccess.h"

#include <QSet>

#include <map>

namespace hubkeeper {

struct ObjectPath;

/// All collections on their shelves: what a run reads, writes and lets its scripts do. Nothing
/// leaves it.
class OverlayObjects final : public ObjectAccess, public ScriptBridge
{
public:
    /// Heard after a managed object was created, changed or deleted by other than lastSync.
    using OnChange = std::function<void(const QString &collection, const SourceChange &)>;

    explicit OverlayObjects(MakeShelf makeShelf, bool keepsSent = true);

    /// Made if it is not there, with FreeRules.
    [[nodiscard]] Side &side(const QString &collection);
    Side &addSide(const QString &collection, std::shared_ptr<const TargetRules> rules,
                  qint64 firstNewId = 0);
    [[nodiscard]] const std::map<QString, Side> &sides() const { return m_sides; }
    /// `watched`: the collections of which it is heard.
    void setOnChange(QSet<QString> watched, OnChange onChange);

    [[nodiscard]] Answer<ObjectRows> query(const QString &collection,
                                           const ObjectQuery &query) override;
    [[nodiscard]] Answer<void> visit(const QString &collection, const ObjectQuery &query,
                                     const VisitRow &visit) override;
    [[nodiscard]] Answer<std::optional<QJsonObject>> read(const QString &collection,
                                                          const QString &id) override;
    [[nodiscard]] Answer<QJsonObject> create(const QString &collection,
                                             const QJsonObject &object) override;
    [[nodiscard]] Answer<QJsonObject> update(const QString &collection, const QString &id,
                                             const QJsonObject &object) override;
    [[nodiscard]] Answer<void> remove(const QString &collection, const QString &id) override;
    [[nodiscard]] Answer<void> keepLastSync(const QString &collection, const QString &id,
                                            const QJsonObject &lastSync) override;
    [[nodiscard]] QString timestamp() const override;

    [[nodiscard]] QJsonObject ask(const QString &operation, const QJsonArray &arguments) override;

private:
    [[nodiscard]] QJsonObject asked(const QString &operation, const QString &path,
                                    const QJsonArray &arguments);
    [[nodiscard]] std::optional<ObjectFault>
    staleRevision(const ObjectPath &place, const QString &operation, const QJsonValue &revision);
    [[nodiscard]] QJsonObject patched(const QString &collection, const QString &id,
                                      const QJsonArray &operations);
    void changed(const QString &collection, const SourceChange &change);
    [[nodiscard]] bool isWatched(const QString &collection) const;

    const MakeShelf m_makeShelf;
    const bool m_keepsSent;
    std::map<QString, Side> m_sides;
    QSet<QString> m_watched;
    OnChange m_onChange;
};

/// "managed/user/u1" taken apart after its last slash but for "managed" and "system", whose
/// collections have two and three parts: an id may have slashes.
struct ObjectPath
{
    QString collection;
    QString id; ///< Null for a collection.

    [[nodiscard]] static ObjectPath of(const QString &path);
};

/// The operations of a PATCH (add, remove, replace, increment) applied; nothing where one of them
/// is not understood.
[[nodiscard]] std::optional<QJsonObject> patchedObject(const QJsonObject &object,
                                                       const QJsonArray &operations);

} // namespace hubkeeper
