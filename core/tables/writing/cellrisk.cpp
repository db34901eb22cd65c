// SPDX-License-Identifier: MIT
#include "tables/writing/cellrisk.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype exactDigits = 15; // Of a number of IEEE 754, as spreadsheets keep it.
constexpr qsizetype longestDate = 40; // "23 September 2026 10:00:00.000 PM" and some blanks.

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool areDigits(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isDigit);
}

/// Digits that a spreadsheet reads as a whole number: whether it writes the same ones.
bool staysWhole(QStringView digits)
{
    return digits.size() <= exactDigits && (digits.size() == 1 || digits.front() != u'0');
}

/// "12.75" stays, as long as no country reads a day and a month in it.
bool staysDecimal(QStringView whole, QStringView fraction)
{
    const bool isPlain = staysWhole(whole) && areDigits(fraction) && fraction.back() != u'0'
        && whole.size() + fraction.size() <= exactDigits;
    const int day = whole.size() <= 2 ? whole.toInt() : 0;
    const int month = fraction.size() <= 2 ? fraction.toInt() : 0;
    const bool isDay = day >= 1 && day <= 31 && month >= 1 && month <= 12;
    return isPlain && !isDay;
}

/// Numbers that are written otherwise: with an exponent, groups, a comma, a currency, a percent.
bool isOtherNumber(const QString &text)
{
    static const QRegularExpression form(
        uR"(^[+-]?[$€£¥]? ?[+-]?(\d+([.,]\d+)?|\d{1,3}([.,'\xa0 ]\d{3})+([.,]\d+)?|[.,]\d+))"
        uR"(([eE][+-]?\d+)? ?[%$€£¥]?$)"_s);
    return form.match(text).hasMatch();
}

bool isDateOrTime(const QString &text)
{
    static const QString month =
        u"(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|"
        "july|august|september|october|november|december|mrz|mär|mai|okt|dez|januar|februar|märz|"
        "juni|juli|oktober|dezember)\\.?"_s;
    static const QString time = u"\\d{1,4}:\\d{2}(:\\d{2}([.,]\\d+)?)?( ?[ap]\\.?m?\\.?)?"_s;
    static const QString date =
        u"(\\d{1,4}(?<sep>[-/.])\\d{1,2}(\\k<sep>\\d{0,4})?|\\d{1,2}[-/.]\\d{4}|"
        "\\d+ \\d+/\\d+|%1[-/ .,]{0,2}\\d{1,4}(,? *\\d{4})?|"
        "\\d{1,2}[-/ .]{0,2}%1([-/ .,]{0,2}\\d{2,4})?)"_s.arg(month);
    static const QRegularExpression form(u"^(%1|%2([ T]+%1)?)$"_s.arg(time, date),
                                         QRegularExpression::CaseInsensitiveOption);
    return form.match(text).hasMatch();
}

bool isTruth(const QString &text)
{
    static const QStringList words {u"true"_s, u"false"_s, u"wahr"_s, u"falsch"_s};
    return text.size() <= 6 && words.contains(text, Qt::CaseInsensitive);
}

bool changes(const QString &text)
{
    if (std::none_of(text.begin(), text.end(), isDigit))
        return isTruth(text);
    if (areDigits(text))
        return !staysWhole(text);
    const bool isNegative = text.front() == u'-';
    const QStringView number = isNegative ? QStringView(text).sliced(1) : QStringView(text);
    if (areDigits(number))
        return !staysWhole(number) || number == u"0";
    const QList<QStringView> parts = number.split(u'.');
    if (parts.size() == 2 && areDigits(parts[0]) && areDigits(parts[1]))
        return !staysDecimal(parts[0], parts[1]);
    const QString trimmed = text.trimmed();
    if (trimmed.size() < text.size() && (areDigits(trimmed) || changes(trimmed)))
        return true;
    return isOtherNumber(trimmed) || (trimmed.size() <= longestDate && isDateOrTime(trimmed));
}

bool isSignedNumber(const QString &text)
{
    static const QRegularExpression form(uR"(^[+-]\d+([.,]\d+)?([eE][+-]?\d+)?%?$)"_s);
    return form.match(text).hasMatch();
}

} // namespace

CellRisk riskOf(const QString &text)
{
    if (text.isEmpty())
        return CellRisk::None;
    if ("=+-@\t\r\n"_L1.contains(text.front()) && !isSignedNumber(text))
        return CellRisk::Runs;
    return changes(text) ? CellRisk::Changes : CellRisk::None;
}

RiskCount::RiskCount(qsizetype columns)
    : m_columns(columns)
{
}

void RiskCount::add(const QStringList &cells)
{
    for (qsizetype i = 0; i < std::min(cells.size(), m_columns.size()); ++i) {
        const CellRisk risk = riskOf(cells[i]);
        m_columns[i].changes += risk == CellRisk::Changes ? 1 : 0;
        m_columns[i].runs += risk == CellRisk::Runs ? 1 : 0;
    }
}

qint64 RiskCount::changes() const
{
    qint64 sum = 0;
    for (const Counts &column : m_columns)
        sum += column.changes;
    return sum;
}

qint64 RiskCount::runs() const
{
    qint64 sum = 0;
    for (const Counts &column : m_columns)
        sum += column.runs;
    return sum;
}

QList<qsizetype> RiskCount::columns() const
{
    QList<qsizetype> found;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].changes + m_columns[i].runs > 0)
            found.append(i);
    }
    std::stable_sort(found.begin(), found.end(), [this](qsizetype a, qsizetype b) {
        return m_columns[a].changes + m_columns[a].runs > m_columns[b].changes + m_columns[b].runs;
    });
    return found;
}

} // namespace hubkeeper
