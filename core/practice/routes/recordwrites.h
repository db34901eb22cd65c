// SPDX-License-Identifier: MIT
#pragma once

#include "practice/state/apicall.h"
#include "practice/state/portalstate.h"

#include <QSet>

namespace hubkeeper::practice {

/// A write that was checked and not yet stored, so that a batch can be all or nothing.
struct PreparedWrite
{
    ObjectType type = ObjectType::Contact;
    Record record; ///< As it will be stored; id 0 for a new one.
    QStringList touched; ///< Names of the properties that were set.
    struct NewLink
    {
        ObjectType to = ObjectType::Company;
        qint64 id = 0;
        QList<int> typeIds;
    };
    QList<NewLink> links;
    QJsonArray warnings;
    bool isNew = false;
};

/// Keys taken by earlier inputs of the same batch: "property\nvalue".
using TakenKeys = QSet<QString>;

/// Who writes, as the history of a property names it.
struct Writer
{
    QString sourceType = QStringLiteral("INTEGRATION");
    QString sourceId; ///< The app.
    qint64 userId = 0; ///< Somebody in HubSpot; 0: nobody.
};
/// The app of a request, by its number where it has one.
[[nodiscard]] Writer writerOf(const PortalState &state, const ApiCall &call);

/// Changes values of a record and notes them in its history, newest first.
void setValues(Record &record, ObjectType type, const QHash<QString, QString> &values, EpochMs now,
               const Writer &writer);

/// Checks a create: {"properties","associations"?} (hubspot-api 4.5, 8.2).
[[nodiscard]] Outcome<PreparedWrite> prepareCreate(PortalState &state, const ApiCall &call,
                                                   ObjectType type, const QJsonObject &input,
                                                   TakenKeys *taken = nullptr);

/// Checks an update of a live record (hubspot-api 4.6).
[[nodiscard]] Outcome<PreparedWrite> prepareUpdate(PortalState &state, const ApiCall &call,
                                                   ObjectType type, qint64 id,
                                                   const QJsonObject &properties,
                                                   TakenKeys *taken = nullptr);

/// Stores it and answers the record as stored.
Record commit(PortalState &state, PreparedWrite write);

/// The record as a write's reply shows it (hubspot-api 4.5, 4.6).
[[nodiscard]] QJsonObject writtenJson(PortalState &state, const PreparedWrite &write,
                                      const Record &stored);

/// Archives a live record (hubspot-api 4.7); false if there is none.
bool archive(PortalState &state, ObjectType type, qint64 id);

/// The live record meant by an id text or, with `idProperty`, by a unique value. Ids of merged
/// records answer with the record they went into.
[[nodiscard]] Outcome<qint64> locate(PortalState &state, ObjectType type, const QString &key,
                                     const QString &idProperty);

/// Whether values of this property find a record: e-mail of contacts, and unique ones.
[[nodiscard]] bool isKey(PortalState &state, ObjectType type, const QString &property);

} // namespace hubkeeper::practice
