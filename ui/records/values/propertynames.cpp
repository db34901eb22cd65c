// SPDX-License-Identifier: MIT
#include "records/values/propertynames.h"

#include "base/qtcompat.h"

#include <QCoreApplication>
#include <QLocale>

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
    return date.isValid() ? QLocale().toString(date, QLocale::ShortFormat) : text;
}

QString shownInstant(const QString &text)
{
    const QDateTime instant = instantFrom(text);
    return instant.isValid() ? QLocale().toString(instant.toLocalTime(), QLocale::ShortFormat)
                             : text;
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
}

void PropertyNames::setOwners(const QList<Owner> &owners)
{
    m_owners = owners;
    m_ownerNames.clear();
    for (const Owner &owner : owners)
        m_ownerNames.insert(owner.id, owner.displayName());
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

QString PropertyNames::stored(const QString &property, const QString &text) const
{
    return m_masking->value(definition(property), property, text);
}

QString PropertyNames::nameOf(const Owner &owner) const
{
    const QString name = owner.displayName();
    const QString shown = m_masking->name(name);
    return shown == name ? name : u"%1 (%2)"_s.arg(shown, owner.id);
}

QString PropertyNames::shownOptions(const PropertyDefinition &known, const QString &text) const
{
    const auto labelFor = [&](const QString &value) {
        for (const PropertyOption &option : known.options) {
            if (option.value == value)
                return option.label;
        }
        return value;
    };
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
