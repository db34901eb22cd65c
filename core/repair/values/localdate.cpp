// SPDX-License-Identifier: MIT
#include "repair/values/localdate.h"

#include "base/qtcompat.h"
#include "repair/repairtext.h"
#include "repair/values/dateorder.h"
#include "repair/values/monthnames.h"
#include "repair/values/spaces.h"

#include <QDateTime>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int firstYear = 1850;
constexpr int lastYear = 2149;
constexpr int yearsAhead = 3; // Later years of two digits may be those of a birth.

QString ambiguousSentence()
{
    return RepairText::tr("It can be read as two different days.");
}

QString noDaySentence()
{
    return RepairText::tr("It is not a day of the calendar.");
}

QString unreadSentence()
{
    return RepairText::tr("It is not a date that can be read.");
}

/// A number of a date and how it was written.
struct DateNumber
{
    int value = 0;
    qsizetype digits = 0;
    bool hasApostrophe = false;
};

/// One value on its way to a day.
class DateRepair
{
public:
    DateRepair(const QString &was, const DateHabits &habits)
        : m_was(was)
        , m_habits(habits)
    {
    }

    [[nodiscard]] RepairedValue repaired();

private:
    [[nodiscard]] RepairedValue doubt(const QString &reason, const QDate &day = {}) const
    {
        return RepairedValue::doubtful(m_was, reason, day.toString(Qt::ISODate));
    }
    [[nodiscard]] RepairedValue madeOf(const QDate &day) const
    {
        return RepairedValue::made(m_was, day.toString(Qt::ISODate));
    }
    [[nodiscard]] std::optional<RepairedValue> plainNumber() const;
    [[nodiscard]] RepairedValue eightDigits() const;
    [[nodiscard]] std::optional<RepairedValue> withoutTime();
    [[nodiscard]] std::optional<RepairedValue> eastern() const;
    [[nodiscard]] std::optional<RepairedValue> isoWeek() const;
    [[nodiscard]] std::optional<RepairedValue> numbersOnly() const;
    [[nodiscard]] RepairedValue withWords() const;
    [[nodiscard]] RepairedValue fromNumbers(const DateNumber &a, const DateNumber &b,
                                            const DateNumber &c, QChar separator) const;
    [[nodiscard]] RepairedValue fromNamed(const QList<int> &months,
                                          const QList<DateNumber> &numbers) const;
    [[nodiscard]] RepairedValue noDay(const DateNumber &year, int one, int other) const;
    [[nodiscard]] RepairedValue checkedDay(const QDate &day) const;
    [[nodiscard]] std::optional<int> yearOf(const DateNumber &number) const;
    [[nodiscard]] QDate dayOf(const DateNumber &year, int month, int day) const;

    const QString m_was;
    const DateHabits &m_habits;
    QString m_text;
    QList<int> m_weekdays; // That the text names; empty: none.
};

DateNumber numberFrom(const QString &text)
{
    return {text.toInt(), text.size(), false};
}

/// The year of four digits, or of two if its century is clear; nothing else.
std::optional<int> DateRepair::yearOf(const DateNumber &number) const
{
    if (number.digits == 4)
        return number.value >= firstYear && number.value <= lastYear ? std::optional(number.value)
                                                                     : std::nullopt;
    if (number.digits != 2)
        return std::nullopt;
    const int now = (m_habits.today.isValid() ? m_habits.today : QDate::currentDate()).year();
    const int recent = now - now % 100 + number.value;
    if (recent <= now + yearsAhead)
        return recent;
    return recent - 100 >= now - 56 ? std::optional(recent - 100) : std::nullopt;
}

QDate DateRepair::dayOf(const DateNumber &year, int month, int day) const
{
    const auto full = yearOf(year);
    return full && month >= 1 && month <= 12 && day >= 1 ? QDate(*full, month, day) : QDate();
}

/// A number that does not look like a date.
std::optional<RepairedValue> DateRepair::plainNumber() const
{
    static const QRegularExpression number(u"^[+-]?\\d+([.,]\\d+)?$"_s);
    static const QRegularExpression yearAndMonth(u"^(1[89]|20)\\d\\d[.,](0?[1-9]|1[0-2])$"_s);
    if (!number.match(m_text).hasMatch())
        return std::nullopt;
    static const QRegularExpression digits(u"^\\d+$"_s);
    const bool isWhole = digits.match(m_text).hasMatch();
    if (isWhole && m_text.size() == 8)
        return eightDigits();
    if (isWhole && (m_text.size() == 12 || m_text.size() == 13)) {
        const qint64 milliseconds = m_text.toLongLong();
        const QDateTime moment = QDateTime::fromMSecsSinceEpoch(milliseconds, utc);
        if (milliseconds % 86'400'000 == 0)
            return madeOf(moment.date());
        return doubt(RepairText::tr("It is a moment in milliseconds, not a day."), moment.date());
    }
    if (yearAndMonth.match(m_text).hasMatch() || m_text.size() <= 4)
        return doubt(RepairText::tr("It is not a whole date."));
    return doubt(RepairText::tr("It may be the number of a day in a spreadsheet."));
}

RepairedValue DateRepair::eightDigits() const
{
    const auto at = [this](int from, int count) { return m_text.mid(from, count).toInt(); };
    QList<QDate> days;
    for (const QDate &day :
         {QDate(at(0, 4), at(4, 2), at(6, 2)), QDate(at(4, 4), at(2, 2), at(0, 2)),
          QDate(at(4, 4), at(0, 2), at(2, 2))}) {
        const bool isUsual = day.isValid() && day.year() >= firstYear && day.year() <= lastYear;
        if (isUsual && !days.contains(day))
            days.append(day);
    }
    const QDate first(at(0, 4), at(4, 2), at(6, 2));
    if (days.size() == 1 && days.first() == first)
        return madeOf(first);
    return days.isEmpty() ? doubt(RepairText::tr("It may be the number of a day in a spreadsheet."))
                          : doubt(ambiguousSentence());
}

/// A time of day is taken off where it is midnight; else it would be lost.
std::optional<RepairedValue> DateRepair::withoutTime()
{
    static const QRegularExpression time(
        u"(?:,?\\s*(?:T|at|um|\u00E0|om|kl\\.?|alle|a las)?\\s*|^)(\\d{1,2}):(\\d\\d)(?::(\\d\\d)"
        "(?:[.,](\\d+))?)?\\s*([ap]\\.?m\\.?)?\\s*(Uhr|h)?\\s*"
        "(Z|UTC|GMT|[A-Z]{3,4}|[+-]\\d\\d:?\\d\\d)?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto match = time.match(m_text);
    if (!match.hasMatch())
        return std::nullopt;
    const int hour = match.captured(1).toInt();
    const bool isPm = match.captured(5).startsWith(u'p', Qt::CaseInsensitive);
    const bool isAm = match.captured(5).startsWith(u'a', Qt::CaseInsensitive);
    const bool isMidnightHour = (hour == 0 && !isPm) || (hour == 12 && isAm);
    const bool isMidnight = isMidnightHour && match.captured(2).toInt() == 0
        && match.captured(3).toInt() == 0 && match.captured(4).toInt() == 0;
    const QString zone = match.captured(7).toUpper();
    static const QStringList universal {QString(),   u"Z"_s,     u"UTC"_s,   u"GMT"_s,
                                        u"+00:00"_s, u"+0000"_s, u"-00:00"_s};
    if (!isMidnight)
        return doubt(RepairText::tr("It has a time of day, which a date cannot hold."));
    if (!universal.contains(zone))
        return doubt(RepairText::tr("In UTC it is another day."));
    m_text = m_text.left(match.capturedStart()).trimmed();
    return std::nullopt;
}

/// "2026年11月5日", "2026년 11월 5일".
std::optional<RepairedValue> DateRepair::eastern() const
{
    static const QRegularExpression form(u"^(\\d{4})\\s*[\u5E74\uB144]\\s*(\\d{1,2})\\s*["
                                         u"\u6708\uC6D4]\\s*(\\d{1,2})\\s*[\u65E5\uC77C"
                                         u"\u53F7]?(\\s*[(\uFF08].*|\\s*(\u661F\u671F|\u5468"
                                         "|\u9031).)?$"_s);
    const auto match = form.match(m_text);
    if (!match.hasMatch())
        return std::nullopt;
    const QDate day =
        dayOf(numberFrom(match.captured(1)), match.captured(2).toInt(), match.captured(3).toInt());
    return day.isValid() ? madeOf(day) : doubt(noDaySentence());
}

/// "2024-W05-3", "2024W053": ISO 8601.
std::optional<RepairedValue> DateRepair::isoWeek() const
{
    static const QRegularExpression form(u"^(\\d{4})(-?)W(\\d\\d)(?:\\2([1-7]))?$"_s);
    const auto match = form.match(m_text);
    if (!match.hasMatch())
        return std::nullopt;
    if (match.captured(4).isEmpty())
        return doubt(RepairText::tr("It is not a whole date."));
    const int year = match.captured(1).toInt();
    const int week = match.captured(3).toInt();
    const QDate inFirst(year, 1, 4); // Always in the first week.
    const QDate day =
        inFirst.addDays(7 * (week - 1) + match.captured(4).toInt() - inFirst.dayOfWeek());
    int weekYear = 0;
    const bool isDay = day.weekNumber(&weekYear) == week && weekYear == year;
    return isDay && year >= firstYear && year <= lastYear ? madeOf(day) : doubt(noDaySentence());
}

std::optional<RepairedValue> DateRepair::numbersOnly() const
{
    static const QRegularExpression three(
        u"^(\\d{1,4})\\s*([-./\u2010-\u2015\u2212 ])\\s*(\\d{1,4})"
        "\\s*([-./\u2010-\u2015\u2212 ])\\s*('?)(\\d{1,4})\\.?$"_s);
    const auto match = three.match(m_text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto plain = [](const QString &separator) {
        return QStringView(u"./ ").contains(separator[0]) ? separator[0] : QChar(u'-');
    };
    if (plain(match.captured(2)) != plain(match.captured(4)))
        return doubt(unreadSentence());
    DateNumber last = numberFrom(match.captured(6));
    last.hasApostrophe = !match.captured(5).isEmpty();
    return fromNumbers(numberFrom(match.captured(1)), numberFrom(match.captured(3)), last,
                       plain(match.captured(2)));
}

RepairedValue DateRepair::fromNumbers(const DateNumber &a, const DateNumber &b, const DateNumber &c,
                                      QChar separator) const
{
    if (a.digits > 2) { // The year is first.
        const QDate day = dayOf(a, b.value, c.value);
        const bool isWritten = a.digits == 4 && b.digits <= 2 && c.digits <= 2;
        if (isWritten && day.isValid())
            return checkedDay(day);
        return isWritten ? noDay(a, b.value, c.value) : doubt(unreadSentence());
    }
    if (b.digits > 2 || c.digits == 3 || c.digits == 1)
        return doubt(unreadSentence());
    const QDate dayFirst = dayOf(c, b.value, a.value);
    const QDate monthFirst = dayOf(c, a.value, b.value);
    const bool isTwoDigits = c.digits == 2;
    const bool mayBeYearFirst =
        isTwoDigits && !c.hasApostrophe && a.digits == 2 && separator != u' ';
    const QDate yearFirst = mayBeYearFirst ? dayOf(a, b.value, c.value) : QDate();
    const auto order = dateOrderFor(m_habits, separator);
    const QDate byOrder = order == DateHabits::DayMonthYear ? dayFirst
        : order == DateHabits::MonthDayYear                 ? monthFirst
        : order == DateHabits::YearMonthDay                 ? yearFirst
                                                            : QDate();
    if (order == DateHabits::YearMonthDay && !mayBeYearFirst)
        return doubt(RepairText::tr("Its year does not come first."));
    if (order != DateHabits::Unknown)
        return byOrder.isValid()                ? checkedDay(byOrder)
            : order == DateHabits::YearMonthDay ? noDay(a, b.value, c.value)
                                                : noDay(c, a.value, b.value);
    QList<QDate> readings;
    for (const QDate &day : {dayFirst, monthFirst, separator == u'-' ? yearFirst : QDate()}) {
        if (day.isValid() && !readings.contains(day))
            readings.append(day);
    }
    if (readings.size() == 1)
        return checkedDay(readings.first());
    return readings.isEmpty() ? noDay(c, a.value, b.value) : doubt(ambiguousSentence());
}

/// Why a year and two numbers, month and day or the other way round, are not a day as they were to
/// be read.
RepairedValue DateRepair::noDay(const DateNumber &year, int one, int other) const
{
    constexpr int leapYear = 2000;
    const QDate turned =
        dayOf(year, other, one).isValid() ? dayOf(year, other, one) : dayOf(year, one, other);
    if (turned.isValid())
        return doubt(RepairText::tr("It is a day only if day and month change places."), turned);
    const bool mayBeDay =
        QDate(leapYear, one, other).isValid() || QDate(leapYear, other, one).isValid();
    if (mayBeDay && !yearOf(year))
        return doubt(year.digits == 2 ? RepairText::tr("Its year may be of either century.")
                                      : RepairText::tr("Its year is before %1 or after %2.")
                                            .arg(firstYear)
                                            .arg(lastYear));
    return doubt(noDaySentence());
}

/// "Thursday, November 5th, 2026".
RepairedValue DateRepair::withWords() const
{
    static const QRegularExpression token(u"['\u2019]?\\d+|[\\p{L}\\p{M}]+\\.?"_s);
    static const QStringList fillers {u"de"_s,  u"del"_s,  u"of"_s,   u"the"_s,  u"le"_s,  u"den"_s,
                                      u"der"_s, u"dem"_s,  u"am"_s,   u"do"_s,   u"dia"_s, u"el"_s,
                                      u"on"_s,  u"il"_s,   u"op"_s,   u"a"_s,    u"du"_s,  u"g"_s,
                                      u"r"_s,   u"year"_s, u"roku"_s, u"года"_s, u"г"_s,   u"di"_s,
                                      u"р"_s,   u"року"_s, u"d"_s,    u"feira"_s};
    static const QStringList ordinals {u"st"_s,     u"nd"_s, u"rd"_s,  u"th"_s,   u"er"_s, u"e"_s,
                                       u"\u00BA"_s, u"o"_s,  u"ste"_s, u"ième"_s, u"eme"_s};
    QList<DateNumber> numbers;
    QList<int> months;
    int names = 0;
    auto tokens = token.globalMatch(m_text);
    qsizetype end = -1;
    QList<int> weekdays;
    while (tokens.hasNext()) {
        const auto match = tokens.next();
        QString word = match.captured();
        const bool isGlued = match.capturedStart() == end;
        end = match.capturedEnd();
        const bool hasApostrophe = word[0] == u'\'' || word[0] == u'\u2019';
        if (word.back().isDigit()) {
            DateNumber number = numberFrom(word.mid(hasApostrophe ? 1 : 0));
            number.hasApostrophe = hasApostrophe;
            numbers.append(number);
            continue;
        }
        const QList<int> found =
            monthsNamed(word.endsWith(u'.') ? word.chopped(1) : word, m_habits.language);
        const QString lower = word.toLower();
        if (isGlued && ordinals.contains(lower))
            continue;
        if (!found.isEmpty()) {
            months = found;
            ++names;
        } else if (const auto days = weekdaysNamed(word, m_habits.language); !days.isEmpty()) {
            weekdays = days;
        } else if (!fillers.contains(lower.endsWith(u'.') ? lower.chopped(1) : lower)) {
            return doubt(unreadSentence());
        }
    }
    if (names == 0 && numbers.size() == 3 && !weekdays.isEmpty()) {
        DateRepair rest(m_was, m_habits);
        rest.m_weekdays = weekdays;
        static const QRegularExpression word(u"^[^\\d]+"_s);
        rest.m_text = QString(m_text).remove(word);
        return rest.numbersOnly().value_or(doubt(unreadSentence()));
    }
    if (names != 1 || numbers.size() != 2)
        return doubt(names == 1 && numbers.size() < 2 ? RepairText::tr("It is not a whole date.")
                                                      : unreadSentence());
    DateRepair named(m_was, m_habits);
    named.m_weekdays = weekdays;
    return named.fromNamed(months, numbers);
}

RepairedValue DateRepair::fromNamed(const QList<int> &months,
                                    const QList<DateNumber> &numbers) const
{
    QList<QDate> days;
    const DateNumber &first = numbers[0];
    const DateNumber &second = numbers[1];
    const bool isYearFirst = first.digits == 4 || first.hasApostrophe;
    const DateNumber &year = isYearFirst ? first : second;
    const DateNumber &day = isYearFirst ? second : first;
    if (day.digits > 2)
        return doubt(unreadSentence());
    for (const int month : months) {
        const QDate found = dayOf(year, month, day.value);
        if (found.isValid() && !days.contains(found))
            days.append(found);
    }
    if (days.size() == 1)
        return checkedDay(days.first());
    return days.isEmpty() ? noDay(year, months.first(), day.value) : doubt(ambiguousSentence());
}

RepairedValue DateRepair::checkedDay(const QDate &day) const
{
    if (!m_weekdays.isEmpty() && !m_weekdays.contains(day.dayOfWeek()))
        return doubt(RepairText::tr("That day is another day of the week."), day);
    return madeOf(day);
}

RepairedValue DateRepair::repaired()
{
    m_text = tidied(m_was).normalized(QString::NormalizationForm_KC).trimmed();
    for (QChar &c : m_text) {
        if (c.isDigit() && c.unicode() > 0x7F)
            c = QChar(u'0' + c.digitValue());
    }
    static const QRegularExpression quotes(u"^[\"'=]+|[\"',;]+$"_s);
    m_text.remove(quotes);
    if (m_text.isEmpty())
        return RepairedValue::kept(m_was);
    if (m_text.size() > 80)
        return doubt(unreadSentence());
    if (const auto number = plainNumber())
        return *number;
    if (const auto end = withoutTime())
        return *end;
    if (const auto east = eastern())
        return *east;
    if (const auto week = isoWeek())
        return *week;
    if (const auto numbers = numbersOnly())
        return *numbers;
    return withWords();
}

} // namespace

Result<DateHabits::Order> dateOrderFrom(const QString &text)
{
    if (text == "dmy"_L1)
        return DateHabits::DayMonthYear;
    if (text == "mdy"_L1)
        return DateHabits::MonthDayYear;
    if (text == "ymd"_L1)
        return DateHabits::YearMonthDay;
    return fail(ErrorKind::InvalidInput,
                RepairText::tr("\"%1\" is not an order of dates.").arg(text),
                RepairText::tr("Use dmy, mdy or ymd."));
}

RepairedValue repairDate(const QString &text, const DateHabits &habits)
{
    return DateRepair(text, habits).repaired();
}

} // namespace hubkeeper
