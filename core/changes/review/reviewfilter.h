// SPDX-License-Identifier: MIT
#pragma once

#include "changes/review/changegroups.h"
#include "portal/property.h"

namespace hubkeeper {

/// What people call properties and values, for a filter that finds what they see, and what HubSpot
/// would take.
struct ReviewWords
{
    QHash<ObjectType, QList<PropertyDefinition>> definitions;
    QHash<QString, QString> owners; ///< Names by id.
};

/// Which rows of a change set are meant; a member that is empty chooses nothing.
struct ReviewFilter
{
    /// In the label, the id, a property or an old or new value, as stored or as shown; as
    /// foldedText() compares.
    QString text;
    std::optional<RowSubject> subject;
    std::optional<ObjectType> type;
    std::optional<ChangeKind> kind;
    /// Failed: also rows that were edited since they failed.
    QList<RowState> states;
    std::optional<bool> excluded;
    QStringList ids; ///< Record ids, local ids.
    /// Only rows with a value that HubSpot would refuse, by ReviewWords::definitions.
    bool withFindings = false;
    std::optional<GroupKey> group;

    [[nodiscard]] bool isEmpty() const
    {
        return text.isEmpty() && !subject && !type && !kind && states.isEmpty() && !excluded
            && ids.isEmpty() && !withFindings && !group;
    }
};

} // namespace hubkeeper
