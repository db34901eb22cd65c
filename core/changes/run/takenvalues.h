// SPDX-License-Identifier: MIT
#pragma once

#include "portal/portalreader.h"
#include "portal/samevalue.h"

namespace hubkeeper {

/// Values of unique properties that live records have already: property to value in lower case to
/// record id.
using ValueOwners = QHash<QString, QHash<QString, QString>>;

/// Who has the values that `records` would give to properties HubSpot keeps unique: the e-mail
/// address of contacts, and what the definitions say. Each element is one record's texts, at most
/// mostBatchInputs. A request for each property, none where nothing is unique. For a dry run: of
/// what is sent HubSpot says it itself. The portal must outlive the call.
class TakenValues final : public Call<ValueOwners>
{
public:
    TakenValues(PortalReader &portal, ObjectType type, const DefinitionsByName &definitions,
                const QList<QHash<QString, QString>> &records, QObject *parent);

private:
    void askNext();
    void note(const QString &property, const RecordPage &page);

    PortalReader &m_portal;
    const ObjectType m_type;
    QHash<QString, QStringList> m_questions; // Property to values.
    ValueOwners m_owners;
};

/// Conflict, as HubSpot would refuse it: another record than `id` has one of these values. Nothing
/// if none has.
[[nodiscard]] std::optional<Error>
takenValueError(const ValueOwners &owners, const QHash<QString, QString> &texts, const QString &id);

/// The values of unique properties that the rows of a dry run would give to their records: two rows
/// cannot have the same one, and HubSpot would say so only when the second is sent.
class PromisedValues
{
public:
    /// Notes the values of a record that is called `label`. Conflict if a record with another id
    /// was noted with one of them.
    [[nodiscard]] std::optional<Error> add(ObjectType type, const DefinitionsByName &definitions,
                                           const QHash<QString, QString> &texts, const QString &id,
                                           const QString &label);

private:
    struct Owner
    {
        QString id;
        QString label;
    };
    QHash<QString, Owner> m_owners; // By type, property and value.
};

} // namespace hubkeeper
