// SPDX-License-Identifier: MIT
#include "repair/table/valuereport.h"

#include "repair/repairtext.h"
#include "repair/values/domainname.h"
#include "repair/values/emailaddress.h"
#include "repair/values/phonenumber.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// What a repair makes of a value that is not right as it is.
ValueFault faultFrom(ValueFault fault, ValueFaultKind kind, const RepairedValue &repaired,
                     const QString &reason)
{
    fault.kind = kind;
    const bool isChanged = repaired.outcome == RepairedValue::Changed;
    fault.reason = isChanged ? reason : repaired.reason;
    fault.suggestion = isChanged ? repaired.value : repaired.suggestion;
    return fault;
}

QString regionOf(const QString &country)
{
    return country.size() == 2 && isPhoneCountry(country) ? country.toUpper() : QString();
}

} // namespace

QString nameOf(ValueFaultKind kind)
{
    switch (kind) {
    case ValueFaultKind::Missing:
        return u"missing"_s;
    case ValueFaultKind::BadOption:
        return u"badOption"_s;
    case ValueFaultKind::BadEmail:
        return u"badEmail"_s;
    case ValueFaultKind::BadPhone:
        return u"badPhone"_s;
    case ValueFaultKind::BadDomain:
        return u"badDomain"_s;
    case ValueFaultKind::BadDate:
        return u"badDate"_s;
    case ValueFaultKind::BadValue:
        return u"badValue"_s;
    case ValueFaultKind::TooLong:
        return u"tooLong"_s;
    case ValueFaultKind::Conflict:
        return u"conflict"_s;
    }
    Q_UNREACHABLE();
}

ValueRule::Kind usualKindOf(const QString &property)
{
    static const QSet<QString> phones {u"phone"_s, u"mobilephone"_s, u"fax"_s,
                                       u"hs_whatsapp_phone_number"_s};
    if (property == "email"_L1 || property == "work_email"_L1)
        return ValueRule::Email;
    if (phones.contains(property))
        return ValueRule::Phone;
    return property == "domain"_L1 ? ValueRule::Domain : ValueRule::Text;
}

ValueReport::ValueReport(QList<ValueRule> rules, QString country)
    : m_rules(std::move(rules))
    , m_country(std::move(country))
{
    for (const ValueRule &rule : m_rules)
        m_options.push_back(rule.kind == ValueRule::Options
                                ? std::make_unique<OptionMatch>(rule.options, rule.isMultiple)
                                : nullptr);
}

ValueReport::~ValueReport() = default;

QString ValueReport::cellOf(const QStringList &cells, const QString &property) const
{
    for (qsizetype i = 0; i < m_rules.size(); ++i) {
        if (m_rules[i].property == property)
            return cells.value(i).trimmed();
    }
    return {};
}

QList<ValueFault> ValueReport::faultsOf(const QString &place, const QStringList &cells) const
{
    QList<ValueFault> faults;
    for (qsizetype i = 0; i < m_rules.size(); ++i) {
        const ValueRule &rule = m_rules[i];
        const QString value = cells.value(i);
        ValueFault fault {ValueFaultKind::Missing, place, rule.column, value, {}, {}};
        if (value.trimmed().isEmpty()) {
            if (rule.isRequired) {
                fault.reason = RepairText::tr("There is no value.");
                faults.append(fault);
            }
            continue;
        }
        if (value.size() > rule.mostCharacters) {
            fault.kind = ValueFaultKind::TooLong;
            fault.value = value.left(40) + u'\u2026';
            fault.reason = RepairText::tr("It has %L1 characters; %L2 are possible.")
                               .arg(value.size())
                               .arg(rule.mostCharacters);
            faults.append(fault);
            continue;
        }
        checkKind(rule, i, fault, faults);
    }
    checkConflicts(place, cells, faults);
    return faults;
}

void ValueReport::checkKind(const ValueRule &rule, qsizetype at, ValueFault fault,
                            QList<ValueFault> &faults) const
{
    RepairedValue repaired;
    switch (rule.kind) {
    case ValueRule::Text:
        break;
    case ValueRule::Email:
        if (!isEmailAddress(fault.value))
            faults.append(faultFrom(fault, ValueFaultKind::BadEmail, repairEmail(fault.value),
                                    RepairText::tr("It is not an e-mail address as it is.")));
        return;
    case ValueRule::Phone:
        repaired = repairPhone(fault.value, m_country);
        if (repaired.outcome != RepairedValue::Kept)
            faults.append(faultFrom(fault, ValueFaultKind::BadPhone, repaired,
                                    RepairText::tr("It is not in the form of E.164.")));
        return;
    case ValueRule::Domain:
        repaired = domainFrom(fault.value);
        if (repaired.outcome != RepairedValue::Kept)
            faults.append(faultFrom(fault, ValueFaultKind::BadDomain, repaired,
                                    RepairText::tr("It is not a domain alone.")));
        return;
    case ValueRule::Options:
        repaired = m_options[size_t(at)]->of(fault.value);
        if (repaired.outcome != RepairedValue::Kept)
            faults.append(faultFrom(fault, ValueFaultKind::BadOption, repaired,
                                    RepairText::tr("It is not the value of an option.")));
        return;
    case ValueRule::Date:
        repaired = repairDate(fault.value, {DateHabits::Unknown, {}, m_country, {}});
        if (repaired.outcome != RepairedValue::Kept)
            faults.append(faultFrom(fault, ValueFaultKind::BadDate, repaired,
                                    RepairText::tr("It is not a day as HubSpot keeps it.")));
        return;
    }
    if (rule.refusal) {
        fault.reason = rule.refusal(fault.value);
        fault.kind = ValueFaultKind::BadValue;
        if (!fault.reason.isEmpty())
            faults.append(fault);
    }
}

/// Values that cannot both be right.
void ValueReport::checkConflicts(const QString &place, const QStringList &cells,
                                 QList<ValueFault> &faults) const
{
    const auto add = [&](const QString &property, const QString &value, const QString &reason) {
        for (const ValueRule &rule : m_rules) {
            if (rule.property == property)
                return faults.append(
                    {ValueFaultKind::Conflict, place, rule.column, value, reason, {}});
        }
    };
    const QString domain = registrableDomain(cellOf(cells, u"domain"_s));
    const QString site = domainFrom(cellOf(cells, u"website"_s)).value;
    if (!domain.isEmpty() && !registrableDomain(site).isEmpty() && domain != site)
        add(u"website"_s, cellOf(cells, u"website"_s),
            RepairText::tr("The domain of the row is %1.").arg(domain));
    const QString phone = cellOf(cells, u"phone"_s);
    const QString region = regionOf(cellOf(cells, u"country"_s));
    if (!region.isEmpty() && !phone.isEmpty()) {
        const RepairedValue abroad = repairPhone(phone, region);
        const QString code = countryOfPhone(abroad.value);
        if (abroad.outcome != RepairedValue::Doubtful && !code.isEmpty() && code != region)
            add(u"phone"_s, phone,
                RepairText::tr("The number is of %1, the row of %2.").arg(code, region));
    }
    const QDate created = QDate::fromString(cellOf(cells, u"createdate"_s).left(10), Qt::ISODate);
    const QDate closed = QDate::fromString(cellOf(cells, u"closedate"_s).left(10), Qt::ISODate);
    if (created.isValid() && closed.isValid() && closed < created)
        add(u"closedate"_s, closed.toString(Qt::ISODate),
            RepairText::tr("The row was created later, on %1.").arg(created.toString(Qt::ISODate)));
}

} // namespace hubkeeper
