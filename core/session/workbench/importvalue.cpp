// SPDX-License-Identifier: MIT
#include "session/workbench/importvalue.h"

#include "portal/propertychoice.h"
#include "session/sessiontext.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

tl::unexpected<Error> refuseValue(const QString &what)
{
    return fail(ErrorKind::InvalidInput, what);
}

QString shown(const QString &text)
{
    return text.left(80);
}

QString foldedLabel(const QString &label)
{
    return label.simplified().toCaseFolded();
}

QString flagFor(const QString &text)
{
    const QString word = text.toCaseFolded();
    return word == "true"_L1 || word == "yes"_L1 ? u"true"_s
        : word == "false"_L1 || word == "no"_L1  ? u"false"_s
                                                 : text;
}

/// 1,250.50 and 1.250,50 and 12,5 are clear; 1,250 is not.
Result<QString> numberFor(const QString &text)
{
    static const QRegularExpression english(u"\\A[+-]?\\d{1,3}(,\\d{3})+\\.\\d+\\z"_s);
    static const QRegularExpression groups(u"\\A[+-]?\\d{1,3}(,\\d{3}){2,}\\z"_s);
    static const QRegularExpression other(u"\\A[+-]?\\d{1,3}(\\.\\d{3})+,\\d+\\z"_s);
    static const QRegularExpression comma(u"\\A[+-]?\\d+,\\d+\\z"_s);
    static const QRegularExpression unclear(u"\\A[+-]?\\d{1,3},\\d{3}\\z"_s);
    QString number = text;
    if (english.match(text).hasMatch() || groups.match(text).hasMatch())
        return number.remove(u',');
    if (other.match(text).hasMatch())
        return number.remove(u'.').replace(u',', u'.');
    if (unclear.match(text).hasMatch())
        return refuseValue(
            SessionText::tr("\"%1\" may have a thousands separator or a decimal comma.").arg(text));
    if (comma.match(text).hasMatch())
        return number.replace(u',', u'.');
    return text;
}

int monthFor(const QString &word)
{
    static const QStringList names {u"january"_s,   u"february"_s, u"march"_s,    u"april"_s,
                                    u"may"_s,       u"june"_s,     u"july"_s,     u"august"_s,
                                    u"september"_s, u"october"_s,  u"november"_s, u"december"_s};
    bool isNumber = false;
    if (const int month = word.toInt(&isNumber); isNumber)
        return month;
    const QString name = word.toLower();
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (name == names[i] || name == names[i].first(3))
            return int(i) + 1;
    }
    return 0;
}

int yearFor(const QString &digits)
{
    const int year = digits.toInt();
    return digits.size() > 2 ? year : year < 70 ? 2000 + year : 1900 + year;
}

/// 28/10/2023, 10-28-23, 2023.OCT.28: as HubSpot's import takes them.
Result<QDate> dayFor(const QString &text, DateOrder order)
{
    static const QRegularExpression form(
        u"\\A(\\d{1,4}|[A-Za-z]+)[-/.](\\d{1,2}|[A-Za-z]+)[-/.](\\d{1,4})\\z"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return QDate();
    const QString first = match.captured(1);
    const QString second = match.captured(2);
    const QString third = match.captured(3);
    if (first.size() == 4 && first[0].isDigit())
        return QDate(first.toInt(), monthFor(second), third.toInt());
    const bool hasName = first[0].isLetter() || second[0].isLetter();
    const int year = yearFor(third);
    const QDate byDay(year, monthFor(second), first.toInt());
    const QDate byMonth(year, monthFor(first), second.toInt());
    if (order == DateOrder::DayMonthYear && !hasName)
        return byDay;
    if (order == DateOrder::MonthDayYear && !hasName)
        return byMonth;
    if (byDay.isValid() && byMonth.isValid() && byDay != byMonth)
        return refuseValue(
            SessionText::tr("\"%1\" may be %2 or %3. Say in which order dates are written.")
                .arg(text, byDay.toString(Qt::ISODate), byMonth.toString(Qt::ISODate)));
    return byDay.isValid() ? byDay : byMonth;
}

Result<QString> dateFor(const QString &text, DateOrder order)
{
    static const QRegularExpression midnight(u"\\A(\\d{4}-\\d\\d-\\d\\d)T00:00:00(\\.0+)?Z?\\z"_s);
    if (const auto match = midnight.match(text); match.hasMatch())
        return match.captured(1);
    return dayFor(text, order).map([&text](const QDate &day) {
        return day.isValid() ? day.toString(Qt::ISODate) : text;
    });
}

Result<QString> instantFor(const QString &text, const ImportReading &reading)
{
    static const QRegularExpression form(u"\\A(\\S+?)(?:[T ](\\d{1,2}:\\d\\d(?::\\d\\d)?))?\\z"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return text;
    const QString iso = match.captured(1);
    const auto read = dayFor(iso, reading.dates);
    if (!read)
        return tl::unexpected(read.error());
    if (!read->isValid())
        return text;
    QTime time(0, 0);
    if (const QString clock = match.captured(2); !clock.isEmpty()) {
        time = QTime::fromString(clock, clock.size() > 5 ? u"H:mm:ss"_s : u"H:mm"_s);
        if (!time.isValid())
            return text;
    }
    return QDateTime(*read, time, reading.zone).toUTC().toString(Qt::ISODate);
}

} // namespace

ImportValues::ImportValues(PropertyDefinition property, ImportReading reading)
    : m_property(std::move(property))
    , m_reading(std::move(reading))
{
    const QString &type = m_property.type;
    if (m_property.referencedObjectType == "OWNER"_L1)
        m_kind = Kind::Owner;
    else if (type == "enumeration"_L1)
        m_kind = Kind::Options;
    else if (type == "bool"_L1)
        m_kind = Kind::Flag;
    else if (type == "number"_L1)
        m_kind = Kind::Number;
    else if (type == "date"_L1)
        m_kind = Kind::Date;
    else if (type == "datetime"_L1)
        m_kind = Kind::Instant;
    if (m_kind == Kind::Options) {
        for (const PropertyOption &option : m_property.options)
            m_values.insert(option.value);
        for (const PropertyChoice &choice : optionChoices(m_property)) {
            add(choice.label, choice.value);
            add(choice.plainLabel, choice.value);
        }
    }
    if (m_kind != Kind::Owner)
        return;
    for (const PropertyChoice &choice : ownerChoices(m_reading.owners)) {
        m_values.insert(choice.value);
        if (choice.isOffered) {
            add(choice.label, choice.value);
            add(choice.plainLabel, choice.value);
        } else {
            m_gone.insert(foldedLabel(choice.label), choice.plainLabel);
            m_gone.insert(foldedLabel(choice.plainLabel), choice.plainLabel);
        }
    }
    for (const Owner &owner : m_reading.owners) {
        if (owner.archived)
            m_gone.insert(foldedLabel(owner.email), owner.displayName());
        else if (!owner.email.isEmpty()) // An address is one person's, whoever is called like it.
            m_labelled.insert(foldedLabel(owner.email), {owner.id});
    }
}

void ImportValues::add(const QString &label, const QString &value)
{
    QStringList &values = m_labelled[foldedLabel(label)];
    if (!values.contains(value))
        values.append(value);
}

Result<QString> ImportValues::chosen(const QString &text) const
{
    if (m_values.contains(text))
        return text;
    const QStringList values = m_labelled.value(foldedLabel(text));
    if (values.size() > 1)
        return refuseValue(SessionText::tr("\"%1\" is the label of several options of %2: %3.")
                               .arg(shown(text), m_property.name, values.join(u", "_s)));
    return values.isEmpty() ? text : values.first(); // refusalOf() names what is none.
}

Result<QString> ImportValues::optionsFor(const QString &text) const
{
    if (!m_property.isMultiValued())
        return chosen(m_property.fieldType == "booleancheckbox"_L1 ? flagFor(text) : text);
    QStringList values;
    for (const QString &part : text.split(u';', Qt::SkipEmptyParts)) {
        const auto value = chosen(part.trimmed());
        if (!value)
            return value;
        if (!value->isEmpty() && !values.contains(*value))
            values.append(*value);
    }
    return values.join(u';');
}

Result<QString> ImportValues::ownerFor(const QString &text) const
{
    if (m_values.contains(text))
        return text;
    const QStringList ids = m_labelled.value(foldedLabel(text));
    if (ids.size() == 1)
        return ids.first();
    if (ids.size() > 1)
        return refuseValue(SessionText::tr("Several owners are called \"%1\": %2.")
                               .arg(shown(text), ids.join(u", "_s)));
    if (m_gone.contains(foldedLabel(text)))
        return refuseValue(SessionText::tr("The owner %1 was deactivated (%2).")
                               .arg(m_gone.value(foldedLabel(text)), m_property.name));
    return refuseValue(SessionText::tr("No active owner has the address or name \"%1\" (%2).")
                           .arg(shown(text), m_property.name));
}

Result<QString> ImportValues::converted(const QString &text) const
{
    switch (m_kind) {
    case Kind::Text:
        return text;
    case Kind::Owner:
        return ownerFor(text);
    case Kind::Flag:
        return flagFor(text);
    case Kind::Options:
        return optionsFor(text);
    case Kind::Number:
        return numberFor(text);
    case Kind::Date:
        return dateFor(text, m_reading.dates);
    case Kind::Instant:
        return instantFor(text, m_reading);
    }
    Q_UNREACHABLE();
}

Result<QString> ImportValues::of(const QString &cell) const
{
    const QString text = cell.trimmed();
    if (text.isEmpty())
        return QString();
    if (text.contains(QChar(0)) || text.contains(QChar::ReplacementCharacter))
        return refuseValue(
            SessionText::tr("The cell for %1 holds characters that the file has lost.")
                .arg(m_property.name));
    auto value = converted(text);
    if (!value)
        return value;
    if (const QString refusal = refusalOf(m_property, *value); !refusal.isEmpty())
        return refuseValue(refusal);
    return value;
}

bool ImportValues::isAdding(const QString &cell) const
{
    return m_kind == Kind::Options && m_property.isMultiValued() && cell.trimmed().startsWith(u';');
}

Result<QString> importValue(const PropertyDefinition &property, const QString &cell,
                            const ImportReading &reading)
{
    return ImportValues(property, reading).of(cell);
}

} // namespace hubkeeper
