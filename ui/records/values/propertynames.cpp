// SPDX-License-Identifier: MIT
#include "records/values/propertynames.h"

#include "base/qtcompat.h"
#include "widgets/showntime.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QDateTime instantFrom(const QString &text)
{
    bool isNumber = false;
    const qint64 milliseconds = text.toLongLong(&isNumber);
    return isNumber ? QDateTime::fromMSecsSinceEpoch(milliseconds, utc)
                    : QDateTime::fromString(text, Qt::ISODateWithMs);
}

QString shownDate(const QString &text)
{
    const QDate date = QDate::fromString(text.left(10), Qt::ISODate); // A date has no zone.
    return date.isValid() ? shownDay(date) : text;
}

QString shownInstant(const QString &text)
{
    const QDateTime instant = instantFrom(text);
    return instant.isValid() ? shownTime(instant) : text;
}

} // namespace

PropertyNames::PropertyNames(const Masking &masking)
    : m_masking(&masking)
{
}

void PropertyNames::clear()
{
    *this = PropertyNames(*m_masking);
}

void PropertyNames::setDefinitions(const QList<PropertyDefinition> &definitions)
{
    m_definitions = definitions;
    m_index.clear();
    for (qsizetype i = 0; i < m_definitions.size(); ++i)
        m_index.insert(m_definitions[i].name, i);
    m_optionLabels.clear();
    for (const PropertyDefinition &definition : m_definitions) {
        for (const PropertyChoice &choice : optionChoices(definition))
            m_optionLabels[definition.name].insert(choice.value, choice.label);
    }
}

void PropertyNames::setOwners(const QList<Owner> &owners)
{
    m_owners = owners;
    m_ownerNames.clear();
    for (const PropertyChoice &choice : ownerChoices(m_owners))
        m_ownerNames.insert(choice.value, choice.label);
}

QList<PropertyChoice> PropertyNames::choicesOf(const PropertyDefinition &known) const
{
    if (known.referencedObjectType == "OWNER"_L1) {
        QList<PropertyChoice> choices = ownerChoices(m_owners);
        for (PropertyChoice &choice : choices) {
            if (m_masking->isOn()) {
                choice.plainLabel = m_masking->name(choice.plainLabel);
                choice.label = u"%1 (%2)"_s.arg(choice.plainLabel, choice.value);
            }
        }
        return choices;
    }
    if (!known.options.isEmpty())
        return optionChoices(known);
    if (known.type == "bool"_L1) {
        const QString yes = QCoreApplication::translate("PropertyNames", "Yes");
        const QString no = QCoreApplication::translate("PropertyNames", "No");
        return {{u"true"_s, yes, yes}, {u"false"_s, no, no}};
    }
    return {};
}

const PropertyDefinition *PropertyNames::definition(const QString &property) const
{
    const auto found = m_index.constFind(property);
    return found == m_index.constEnd() ? nullptr : &m_definitions[*found];
}

QString PropertyNames::label(const QString &property) const
{
    const PropertyDefinition *known = definition(property);
    return known && !known->label.isEmpty() ? known->label : property;
}

QString PropertyNames::shown(const QString &property, const QString &text) const
{
    const PropertyDefinition *known = definition(property);
    if (!known || text.isEmpty())
        return stored(property, text);
    if (m_masking->isOn() && mayBePersonal(known, property, text))
        return stored(property, text);
    if (known->referencedObjectType == "OWNER"_L1)
        return m_masking->name(m_ownerNames.value(text, text));
    if (!known->options.isEmpty())
        return shownOptions(*known, text);
    if (known->type == "date"_L1)
        return shownDate(text);
    if (known->type == "datetime"_L1)
        return shownInstant(text);
    return text;
}

std::optional<ShownValues> PropertyNames::shownValues(const QString &property) const
{
    const PropertyDefinition *known = definition(property);
    if (!known)
        return std::nullopt;
    ShownValues values;
    if (known->referencedObjectType == "OWNER"_L1) {
        for (auto owner = m_ownerNames.cbegin(); owner != m_ownerNames.cend(); ++owner)
            values.labels.insert(owner.key(), m_masking->name(owner.value()));
    } else if (!known->options.isEmpty()) {
        values.labels = m_optionLabels.value(known->name);
        values.isList = known->isMultiValued();
    } else if (known->type == "date"_L1) {
        values.form = &shownDate;
    } else if (known->type == "datetime"_L1) {
        values.form = &shownInstant;
    } else {
        return std::nullopt;
    }
    return values;
}

QString PropertyNames::stored(const QString &property, const QString &text) const
{
    return m_masking->value(definition(property), property, text);
}

QString PropertyNames::shownOptions(const PropertyDefinition &known, const QString &text) const
{
    const QHash<QString, QString> optionLabels = m_optionLabels.value(known.name);
    const auto labelFor = [&](const QString &value) { return optionLabels.value(value, value); };
    if (!known.isMultiValued())
        return labelFor(text);
    QStringList labels;
    const QStringList values = text.split(u';', Qt::SkipEmptyParts);
    for (const QString &value : values)
        labels.append(labelFor(value));
    return labels.join(u"; "_s);
}

bool PropertyNames::isReadOnly(const QString &property) const
{
    const PropertyDefinition *known = definition(property);
    return !known || known->readOnlyValue || known->calculated;
}

bool PropertyNames::isNumeric(const QString &property) const
{
    const PropertyDefinition *known = definition(property);
    return known && known->type == "number"_L1;
}

QString shownText(const QString &text)
{
    return text.isEmpty() ? QCoreApplication::translate("PropertyNames", "(empty)", "no value")
                          : text;
}

} // namespace hubkeeper
