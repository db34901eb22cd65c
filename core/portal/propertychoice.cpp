// SPDX-License-Identifier: MIT
#include "portal/propertychoice.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString foldedLabel(const PropertyChoice &choice)
{
    return choice.label.simplified().toCaseFolded();
}

/// Adds the value to labels that are not the only one of their kind.
void tellApart(QList<PropertyChoice> &choices)
{
    for (int round = 0; round < 2; ++round) { // What was added may be another's label.
        QHash<QString, int> counts;
        for (const PropertyChoice &choice : std::as_const(choices))
            ++counts[foldedLabel(choice)];
        for (PropertyChoice &choice : choices) {
            if (counts.value(foldedLabel(choice)) > 1)
                choice.label = u"%1 (%2)"_s.arg(choice.label, choice.value);
        }
    }
}

} // namespace

QList<PropertyChoice> optionChoices(const PropertyDefinition &definition)
{
    QList<PropertyChoice> choices;
    for (const PropertyOption &option : definition.options) {
        const QString label = option.label.isEmpty() ? option.value : option.label;
        if (!option.value.isEmpty())
            choices.append({option.value, label, label, !option.hidden});
    }
    tellApart(choices);
    return choices;
}

QList<PropertyChoice> ownerChoices(const QList<Owner> &owners)
{
    QHash<QString, int> names;
    QHash<QString, int> addresses;
    for (const Owner &owner : owners) {
        ++names[owner.displayName().simplified().toCaseFolded()];
        ++addresses[owner.email.toCaseFolded()];
    }
    QList<PropertyChoice> choices;
    for (const Owner &owner : owners) {
        const QString name = owner.displayName();
        const bool isAlone = names.value(name.simplified().toCaseFolded()) == 1;
        const bool hasAddress =
            !owner.email.isEmpty() && addresses.value(owner.email.toCaseFolded()) == 1;
        const QString label = isAlone || !hasAddress ? name : u"%1 (%2)"_s.arg(name, owner.email);
        choices.append({owner.id, label, name, !owner.archived});
    }
    tellApart(choices);
    return choices;
}

ValueLabels::ValueLabels(const QList<PropertyDefinition> &definitions, const QList<Owner> &owners)
{
    for (const PropertyDefinition &definition : definitions) {
        Property property;
        property.isOwner = definition.referencedObjectType == "OWNER"_L1;
        property.isList = definition.isMultiValued();
        for (const PropertyChoice &choice : optionChoices(definition)) {
            const bool looksLikeTwo = property.isList && choice.label.contains(u';');
            property.labels.insert(choice.value, looksLikeTwo ? choice.value : choice.label);
        }
        if (property.isOwner || !property.labels.isEmpty())
            m_properties.insert(definition.name, property);
    }
    for (const PropertyChoice &choice : ownerChoices(owners))
        m_owners.insert(choice.value, choice.label);
}

QString ValueLabels::of(const QString &property, const QString &text) const
{
    const auto known = m_properties.constFind(property);
    if (known == m_properties.constEnd() || text.isEmpty())
        return text;
    const QHash<QString, QString> &labels = known->isOwner ? m_owners : known->labels;
    if (!known->isList)
        return labels.value(text, text);
    QStringList all;
    const QStringList values = text.split(u';', Qt::SkipEmptyParts);
    for (const QString &value : values)
        all.append(labels.value(value, value));
    return all.join(u';');
}

} // namespace hubkeeper
