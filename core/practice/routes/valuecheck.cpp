// SPDX-License-Identifier: MIT
#include "practice/routes/valuecheck.h"

#include "base/qtcompat.h"
#include "practice/data/owners.h"
#include "practice/data/valuerules.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr qsizetype longestText = 65'536; // Characters (hubspot-api 7.3).

/// The value as stored, with a note when it is not what was sent; or why it is refused.
struct Normal
{
    QString text;
    bool changed = false;
};
using Checked = tl::expected<Normal, ValueFault>;

tl::unexpected<ValueFault> wrong(const QString &code, const QString &message)
{
    return tl::unexpected<ValueFault>(ValueFault {code, message});
}

Checked checkNumber(const QString &value)
{
    static const QRegularExpression form(u"^[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?\\z"_s);
    if (form.match(value).hasMatch())
        return Normal {value};
    return wrong(u"INVALID_NUMBER"_s, u"%1 was not a valid number."_s.arg(value));
}

Checked checkOptions(const Property &property, const QString &value)
{
    // Options that live elsewhere cannot be checked; a full list of stages can.
    if (property.options.isEmpty())
        return Normal {value};
    const bool isSet = property.fieldType == "checkbox"_L1;
    const QStringList chosen = isSet ? value.split(u';', Qt::SkipEmptyParts) : QStringList {value};
    for (const QString &option : chosen) {
        if (!property.options.contains(option)) {
            return wrong(u"INVALID_OPTION"_s,
                         u"%1 was not one of the allowed options: [%2]"_s.arg(
                             option, property.optionOrder.join(u", "_s)));
        }
    }
    return Normal {value};
}

Checked checkOwner(const PortalState &state, const QString &value)
{
    bool isNumber = false;
    const qint64 id = value.toLongLong(&isNumber);
    if (isNumber && std::any_of(state.owners.begin(), state.owners.end(), [id](const Owner &owner) {
            return owner.id == id;
        }))
        return Normal {value};
    return wrong(u"INVALID_OWNER_ID"_s, u"%1 is not the id of an owner."_s.arg(value));
}

/// Several e-mail addresses with ";" between.
Checked checkAddresses(const QString &value)
{
    for (const QString &address : value.split(u';', Qt::SkipEmptyParts)) {
        if (!isEmailAddress(address))
            return wrong(u"INVALID_EMAIL"_s, u"Email address %1 is invalid"_s.arg(address));
    }
    return Normal {value.toLower()};
}

/// What 2026-09 takes besides: other orders, no zone, a blank between day and time.
std::optional<EpochMs> readLoosely(const QString &value)
{
    for (const auto *form : {u"yyyy/MM/dd", u"dd.MM.yyyy", u"MM/dd/yyyy", u"yyyyMMdd"}) {
        const QDate day = QDate::fromString(value, QString::fromUtf16(form));
        if (day.isValid())
            return day.startOfDay(utc).toMSecsSinceEpoch();
    }
    QString text = value;
    text.replace(u' ', u'T');
    if (const auto instant = readIso(text))
        return instant;
    return readIso(text + u'Z');
}

Checked checkDate(const QString &value, bool normalises)
{
    const auto instant = readInstant(value);
    const auto refused = [&] {
        if (!instant)
            return wrong(u"INVALID_DATE"_s, u"%1 was not a valid date."_s.arg(value));
        const QTime time = QDateTime::fromMSecsSinceEpoch(*instant, utc).time();
        return wrong(u"INVALID_DATE"_s,
                     u"%1 is at %2:%3:%4.%5 UTC, not midnight!"_s.arg(value)
                         .arg(time.hour())
                         .arg(time.minute())
                         .arg(time.second())
                         .arg(time.msec()));
    };
    if (instant && *instant % dayMs == 0)
        return Normal {isoDay(*instant), false};
    if (!normalises)
        return refused();
    const auto loose = instant ? instant : readLoosely(value);
    if (!loose)
        return refused();
    return Normal {isoDay(*loose), true};
}

Checked checkInstant(const QString &value, bool normalises)
{
    if (const auto instant = readInstant(value)) {
        const bool isDay = value.size() == 10 && value.contains(u'-');
        return Normal {isoText(*instant), isDay && normalises};
    }
    const auto loose = normalises ? readLoosely(value) : std::nullopt;
    if (!loose)
        return wrong(u"INVALID_LONG"_s, u"%1 was not a valid long."_s.arg(value));
    return Normal {isoText(*loose), true};
}

Checked checkValue(const PortalState &state, const ApiCall &call, ObjectType type,
                   const Property &property, const QString &value)
{
    if (value.size() > longestText)
        return wrong(
            u"INVALID_STRING_LENGTH"_s,
            u"The value of %1 is longer than %2 characters."_s.arg(property.name).arg(longestText));
    if (property.name == "email"_L1 && type == ObjectType::Contact && !isEmailAddress(value))
        return wrong(u"INVALID_EMAIL"_s, u"Email address %1 is invalid"_s.arg(value));
    if (property.name == "hs_additional_emails"_L1 && type == ObjectType::Contact)
        return checkAddresses(value);
    if (property.isOwner && state.options.switches.ownersChecked)
        return checkOwner(state, value);
    if (property.type == "number"_L1)
        return checkNumber(value);
    if (property.type == "bool"_L1) {
        if (value == "true"_L1 || value == "false"_L1)
            return Normal {value};
        return wrong(u"INVALID_BOOLEAN"_s, u"%1 was not a valid boolean."_s.arg(value));
    }
    if (property.type == "enumeration"_L1)
        return checkOptions(property, value);
    if (property.type == "date"_L1)
        return checkDate(value, call.enforcesRules());
    if (property.type == "datetime"_L1)
        return checkInstant(value, call.enforcesRules());
    return Normal {value};
}

/// The lists behind a validation reply, filled as faults are found.
class FaultList
{
public:
    explicit FaultList(qint64 portalId)
        : m_portalId(portalId)
    {
    }
    void add(const QString &name, const ValueFault &fault)
    {
        m_inMessage.append(QJsonObject {{u"isValid"_s, false},
                                        {u"message"_s, fault.message},
                                        {u"error"_s, fault.code},
                                        {u"name"_s, name},
                                        {u"localizedErrorMessage"_s, fault.message},
                                        {u"portalId"_s, m_portalId}});
        m_errors.append(
            QJsonObject {{u"message"_s, fault.message},
                         {u"code"_s, fault.code},
                         {u"context"_s, QJsonObject {{u"propertyName"_s, QJsonArray {name}}}}});
    }
    [[nodiscard]] bool isEmpty() const { return m_errors.isEmpty(); }
    [[nodiscard]] Reply reply() const
    {
        const QString list =
            QString::fromUtf8(QJsonDocument(m_inMessage).toJson(QJsonDocument::Compact));
        return invalid(u"Property values were not valid: "_s + list, {{u"errors"_s, m_errors}});
    }

private:
    qint64 m_portalId;
    QJsonArray m_inMessage;
    QJsonArray m_errors;
};

QJsonObject warning(const QString &name, const QString &raw, const QString &normalized)
{
    return {
        {u"category"_s, u"PROPERTY_VALUE_NORMALIZED"_s},
        {u"message"_s,
         u"The value of property \"%1\" was normalized from \"%2\" to \"%3\"."_s.arg(name, raw,
                                                                                     normalized)},
        {u"context"_s,
         QJsonObject {
             {u"propertyName"_s, name}, {u"rawValue"_s, raw}, {u"normalizedValue"_s, normalized}}}};
}

/// A leading ";" adds to the stored set (hubspot-api 4.6).
QString appended(const QString &stored, const QString &value)
{
    QStringList set = stored.split(u';', Qt::SkipEmptyParts);
    set += value.split(u';', Qt::SkipEmptyParts);
    set.removeDuplicates();
    return set.join(u';');
}

bool movesBack(const Property &property, const QString &stored, const QString &value)
{
    return property.name == "lifecyclestage"_L1
        && property.optionOrder.indexOf(value) < property.optionOrder.indexOf(stored);
}

/// The text of a JSON value that a lenient reader takes for a property value.
std::optional<QString> textOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double:
        return value.toVariant().toString();
    default:
        return std::nullopt;
    }
}

/// Settles one property; adds to `faults` or to `result`.
class ValueWork
{
public:
    ValueWork(PortalState &state, const ApiCall &call, ObjectType type, const Record *before)
        : m_state(state)
        , m_call(call)
        , m_type(type)
        , m_before(before)
        , m_faults(state.options.portalId)
    {
    }

    void take(const QString &name, const QJsonValue &value)
    {
        const Property *property = m_state.catalogue(m_type).live(name);
        if (!property) {
            return m_faults.add(
                name, {u"PROPERTY_DOESNT_EXIST"_s, u"Property \"%1\" does not exist"_s.arg(name)});
        }
        if (isReadOnly(*property)) {
            const QString kind = property->calculated ? u"calculated"_s : u"read only"_s;
            if (m_state.options.switches.readOnlyRefused)
                m_faults.add(
                    name,
                    {u"READ_ONLY_VALUE"_s,
                     u"\"%1\" is a %2 property; its value cannot be set."_s.arg(name, kind)});
            return;
        }
        if (value.isNull() && m_state.options.switches.nullClears) {
            m_result.values.insert(name, {});
            return;
        }
        const auto text = textOf(value);
        if (!text) {
            return m_faults.add(
                name,
                {u"INVALID_VALUE"_s, u"The value of property \"%1\" must be a text"_s.arg(name)});
        }
        decide(*property, *text);
    }

    [[nodiscard]] Outcome<CheckedValues> result() const
    {
        if (!m_faults.isEmpty())
            return refuse(m_faults.reply());
        return m_result;
    }

private:
    /// The definition of associatedcompanyid says that it can be set, which ended in 2019; the one
    /// of hs_additional_emails that it cannot, which a create can.
    [[nodiscard]] bool isReadOnly(const Property &property) const
    {
        const Switches &switches = m_state.options.switches;
        if (m_type == ObjectType::Contact && property.name == "associatedcompanyid"_L1)
            return switches.companyIdReadOnly;
        if (m_type == ObjectType::Contact && property.name == "hs_additional_emails"_L1)
            return m_before || !switches.additionalEmailsWritable;
        return property.readOnlyValue;
    }

    void decide(const Property &property, const QString &sent)
    {
        const QString stored = m_before ? m_before->values.value(property.name) : QString();
        if (sent.trimmed().isEmpty()) {
            m_result.values.insert(property.name, {});
            return;
        }
        const bool adds = property.fieldType == "checkbox"_L1 && sent.startsWith(u';');
        const QString value = adds ? appended(stored, sent) : sent;
        const Checked checked = checkValue(m_state, m_call, m_type, property, value);
        if (!checked)
            return m_faults.add(property.name, checked.error());
        if (const auto broken = brokenRule(property, checked->text))
            return m_faults.add(property.name, *broken);
        if (movesBack(property, stored, checked->text) && !m_state.options.switches.stageMovesBack)
            return; // Taken without effect, as HubSpot does.
        const bool lowers = property.name == "email"_L1 && m_type == ObjectType::Contact
            && m_state.options.switches.emailLowered;
        m_result.values.insert(property.name, lowers ? checked->text.toLower() : checked->text);
        if (checked->changed)
            m_result.warnings.append(warning(property.name, sent, checked->text));
    }

    PortalState &m_state;
    const ApiCall &m_call;
    ObjectType m_type;
    const Record *m_before;
    FaultList m_faults;
    CheckedValues m_result;
};

} // namespace

Outcome<CheckedValues> checkValues(PortalState &state, const ApiCall &call, ObjectType type,
                                   const QJsonObject &properties, const Record *before)
{
    ValueWork work(state, call, type, before);
    for (auto it = properties.begin(); it != properties.end(); ++it)
        work.take(it.key(), it.value());
    return work.result();
}

Outcome<void> checkRequired(PortalState &state, const ApiCall &call, ObjectType type,
                            const QHash<QString, QString> &after, bool isCreate)
{
    if (!call.enforcesRules())
        return {};
    FaultList faults(state.options.portalId);
    const WriteRules &rules = state.rules(type);
    for (const QString &name : rules.requiredOnCreate) {
        if (isCreate && after.value(name).isEmpty())
            faults.add(
                name,
                {u"MISSING_REQUIRED_PROPERTY"_s, u"A value for %1 must be provided"_s.arg(name)});
    }
    for (const ConditionalRule &rule : rules.conditional) {
        const QString deciding = after.value(rule.property);
        if (deciding.isEmpty() || (!rule.values.isEmpty() && !rule.values.contains(deciding)))
            continue;
        for (const QString &name : rule.required) {
            if (after.value(name).isEmpty())
                faults.add(
                    name,
                    {u"MISSING_CONDITIONAL_REQUIRED_PROPERTY"_s,
                     u"%1 is required because of a conditional property rule based on [%2]"_s.arg(
                         name, rule.property)});
        }
    }
    if (faults.isEmpty())
        return {};
    return refuse(faults.reply());
}

} // namespace hubkeeper::practice
