// SPDX-License-Identifier: MIT
#include "widgets/masking.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isNumber(const QString &text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace

Masking::Masking(QObject *parent)
    : QObject(parent)
{
    m_pseudonyms.showOnly(
        [this](const QString &name, const QString &text) { return mayShow(name, text); });
}

void Masking::setOn(bool on)
{
    if (on == m_on)
        return;
    m_on = on;
    emit changed();
}

void Masking::learn(ObjectType type, const QList<PropertyDefinition> &definitions)
{
    QHash<QString, PropertyDefinition> &known = m_definitions[type];
    known.clear();
    for (const PropertyDefinition &definition : definitions)
        known.insert(definition.name, definition);
    if (m_on)
        emit changed();
}

void Masking::forgetDefinitions()
{
    m_definitions.clear();
}

const PropertyDefinition *Masking::definition(ObjectType type, const QString &name) const
{
    const auto ofType = m_definitions.constFind(type);
    if (ofType == m_definitions.constEnd())
        return nullptr;
    const auto found = ofType->constFind(name);
    return found == ofType->constEnd() ? nullptr : &*found;
}

/// In JSON the type of a record is not known: every definition of that name has to agree.
bool Masking::mayShow(const QString &name, const QString &text) const
{
    bool isKnown = false;
    for (auto it = m_definitions.begin(); it != m_definitions.end(); ++it) {
        const PropertyDefinition *one = definition(it.key(), name);
        if (one && mayBePersonal(one, name, text))
            return false;
        isKnown = isKnown || one;
    }
    return isKnown || !mayBePersonal(nullptr, name, text);
}

QString Masking::value(const PropertyDefinition *definition, const QString &name,
                       const QString &text) const
{
    return m_on && mayBePersonal(definition, name, text) ? m_pseudonyms.of(text) : text;
}

QString Masking::value(ObjectType type, const QString &name, const QString &text) const
{
    return m_on ? value(definition(type, name), name, text) : text;
}

QString Masking::name(const QString &text) const
{
    return !m_on || isNumber(text) ? text : m_pseudonyms.of(text);
}

QString Masking::text(QString text, const QStringList &known) const
{
    if (!m_on || text.isEmpty())
        return text;
    QStringList longestFirst = known;
    longestFirst.removeAll(QString());
    std::sort(longestFirst.begin(), longestFirst.end(),
              [](const QString &a, const QString &b) { return a.size() > b.size(); });
    for (const QString &value : std::as_const(longestFirst)) {
        const QRegularExpression asWord(
            uR"((?<!\w)%1(?!\w))"_s.arg(QRegularExpression::escape(value)),
            QRegularExpression::UseUnicodePropertiesOption
                | QRegularExpression::CaseInsensitiveOption);
        text.replace(asWord, m_pseudonyms.of(value));
    }
    return m_pseudonyms.inText(text);
}

QJsonValue Masking::json(const QJsonValue &json) const
{
    return m_on ? m_pseudonyms.inRecordJson(json) : json;
}

QString pseudonymRefusal()
{
    return Masking::tr("This is a pseudonym, which masking shows in place of a value. It was not "
                       "taken, for it would overwrite the value itself.");
}

} // namespace hubkeeper
