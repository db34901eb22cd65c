// SPDX-License-Identifier: MIT
#pragma once

#include "portal/associationwrites.h"
#include "portal/portalreader.h"

namespace hubkeeper {

/// What changes something at HubSpot. Only the write engine holds one (DESIGN 6): whoever has it
/// can write without a guard and without a journal.
///
/// Creates, batch creates and merges are sent with Repeat::Never: their answer may be
/// OutcomeUnknown. Everything else sets fixed values and may be repeated.
class PortalWriter final : public PortalReader
{
public:
    using PortalReader::PortalReader;

    [[nodiscard]] Call<Record> *create(ObjectType type, const QHash<QString, QString> &properties,
                                       QObject *parent);
    [[nodiscard]] Call<Record> *update(ObjectType type, const QString &id,
                                       const QHash<QString, QString> &properties, QObject *parent);
    /// Moves the record to the recycle bin; HubSpot answers 204 also if it is there already.
    [[nodiscard]] Call<void> *archive(ObjectType type, const QString &id, QObject *parent);
    [[nodiscard]] Call<Record> *merge(ObjectType type, const QString &primaryId,
                                      const QString &mergedId, QObject *parent);
    /// A contact's additional e-mail addresses one by one, which no other call takes off: the v1
    /// API of contacts (legacydocs "Delete a secondary email address"), until September 2027. Both
    /// set what is there already without complaint.
    [[nodiscard]] Call<void> *addAddress(const QString &contactId, const QString &address,
                                         QObject *parent);
    [[nodiscard]] Call<void> *removeAddress(const QString &contactId, const QString &address,
                                            QObject *parent);

    // Batches of at most mostBatchInputs.
    [[nodiscard]] Call<QList<BatchOutcome>> *
    batchCreate(ObjectType type, const QList<BatchInput> &inputs, QObject *parent);
    [[nodiscard]] Call<QList<BatchOutcome>> *
    batchUpdate(ObjectType type, const QList<BatchInput> &inputs, QObject *parent);
    [[nodiscard]] Call<void> *batchArchive(ObjectType type, const QStringList &ids,
                                           QObject *parent);

    // Property definitions.
    [[nodiscard]] Call<PropertyDefinition> *
    createProperty(ObjectType type, const QJsonObject &definition, QObject *parent);
    [[nodiscard]] Call<PropertyDefinition> *updateProperty(ObjectType type, const QString &name,
                                                           const QJsonObject &changes,
                                                           QObject *parent);
    [[nodiscard]] Call<void> *archiveProperty(ObjectType type, const QString &name,
                                              QObject *parent);

    // Associations (hubspot-api 9).
    [[nodiscard]] Call<void> *associate(ObjectType from, const QString &id, ObjectType to,
                                        const QString &toId, const QList<AssociationKind> &kinds,
                                        QObject *parent);
    /// Batches; see associationwrites.h. Outcomes are the pairs that were refused; more inputs than
    /// its limits are InvalidInput.
    [[nodiscard]] Call<QList<AssociationFault>> *
    batchAssociate(ObjectType from, ObjectType to, const QList<AssociationInput> &inputs,
                   QObject *parent);
    [[nodiscard]] Call<QList<AssociationFault>> *
    batchDisassociate(ObjectType from, ObjectType to, const QList<AssociationInput> &inputs,
                      QObject *parent);
    [[nodiscard]] Call<QList<AssociationFault>> *
    batchRemoveLabels(ObjectType from, ObjectType to, const QList<AssociationInput> &inputs,
                      QObject *parent);
};

} // namespace hubkeeper
