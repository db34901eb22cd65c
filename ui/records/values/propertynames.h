// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"
#include "portal/propertychoice.h"
#include "store/sets/recordset.h"
#include "widgets/masking.h"

#include <QHash>

namespace hubkeeper {

/// How values are shown: labels of options, names of owners, local dates, and pseudonyms while
/// personal data is masked. One per object type and session, shared by grid, inspector and dialogs.
class PropertyNames
{
public:
    /// `masking` must outlive it.
    explicit PropertyNames(const Masking &masking);

    void clear();
    void setDefinitions(const QList<PropertyDefinition> &definitions);
    void setOwners(const QList<Owner> &owners);

    /// Nothing for a property the portal does not define.
    [[nodiscard]] const PropertyDefinition *definition(const QString &property) const;
    [[nodiscard]] const QList<PropertyDefinition> &definitions() const { return m_definitions; }
    [[nodiscard]] const QList<Owner> &owners() const { return m_owners; }

    /// The label people know; the name if there is none.
    [[nodiscard]] QString label(const QString &property) const;
    /// The text for people: "Lead" for "lead", a name for an owner id, a local date.
    [[nodiscard]] QString shown(const QString &property, const QString &text) const;
    /// The text as the portal stores it, or its pseudonym.
    [[nodiscard]] QString stored(const QString &property, const QString &text) const;
    /// How shown() does it, for those who show many; nothing where it shows what is stored. Knows
    /// owners as they are shown now.
    [[nodiscard]] std::optional<ShownValues> shownValues(const QString &property) const;
    /// The options, owners, or yes and no; empty where there are none, or where the owners are not
    /// known. Labels that several of them have are followed by the value, or by an
    /// owner's e-mail address. Owners' names are pseudonyms while masking is on.
    [[nodiscard]] QList<PropertyChoice> choicesOf(const PropertyDefinition &definition) const;
    [[nodiscard]] const Masking &masking() const { return *m_masking; }
    /// Whether HubSpot computes it, or does not know it.
    [[nodiscard]] bool isReadOnly(const QString &property) const;
    [[nodiscard]] bool isNumeric(const QString &property) const;

private:
    [[nodiscard]] QString shownOptions(const PropertyDefinition &definition,
                                       const QString &text) const;

    const Masking *m_masking;
    QList<PropertyDefinition> m_definitions;
    QHash<QString, qsizetype> m_index;
    QList<Owner> m_owners;
    QHash<QString, QString> m_ownerNames; // As they are shown, by id.
    QHash<QString, QHash<QString, QString>> m_optionLabels; // By property and value.
};

/// A text for people who compare texts: "(empty)" where there is none.
[[nodiscard]] QString shownText(const QString &text);

} // namespace hubkeeper
