// SPDX-License-Identifier: MIT
#include "output.h"

#include "textcolumns.h"

#include <QFileDevice>
#include <QIODevice>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr int longSilence = 30; // Seconds.

Error notWritten(const QIODevice &stream)
{
    return fail(ErrorKind::NotSaved,
                u"Standard output could not be written: %1."_s.arg(stream.errorString()),
                u"What was printed is not complete."_s)
        .value();
}

/// Whether the same call may work later without anything being changed.
bool mayWorkLater(ErrorKind kind)
{
    return exitCodeFor(kind) == TryLater;
}

} // namespace

QJsonObject errorJson(const Error &error, ExitCode code)
{
    QJsonObject body {{u"kind"_s, nameOf(error.kind)},
                      {u"message"_s, error.what},
                      {u"remedy"_s, error.remedy},
                      {u"exitCode"_s, int(code)},
                      {u"retry"_s, mayWorkLater(error.kind)}};
    if (error.httpStatus > 0)
        body.insert(u"httpStatus"_s, error.httpStatus);
    if (!error.category.isEmpty())
        body.insert(u"category"_s, error.category);
    if (!error.correlationId.isEmpty())
        body.insert(u"correlationId"_s, error.correlationId);
    if (!error.existingId.isEmpty())
        body.insert(u"existingId"_s, error.existingId);
    if (error.retryAfter)
        body.insert(u"retryAfterMs"_s, qint64(error.retryAfter->count()));
    QJsonArray fields;
    for (const FieldFault &field : error.fields)
        fields.append(QJsonObject {{u"property"_s, field.property},
                                   {u"code"_s, field.code},
                                   {u"message"_s, field.message}});
    if (!fields.isEmpty())
        body.insert(u"fields"_s, fields);
    return body;
}

namespace {

/// Characters that steer a terminal in the form `escaped` gives them; those of ASCII are left.
QByteArray safe(const QByteArray &bytes, const QString &escaped)
{
    const QString text = QString::fromUtf8(bytes);
    if (std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c < QChar(0x7F); }))
        return bytes;
    QString safe;
    for (const QChar c : text) {
        if (c.unicode() >= 0x7F && printable(QString(c)) != c)
            safe += escaped.arg(uint(c.unicode()), 4, 16, QChar(u'0'));
        else
            safe += c;
    }
    return safe.toUtf8();
}

} // namespace

QByteArray safeJson(QByteArray json)
{
    return safe(json, u"\\u%1"_s);
}

QByteArray safeXml(const QByteArray &xml)
{
    return safe(xml, u"&#x%1;"_s);
}

Output::Output(QIODevice &results, QIODevice &messages)
    : m_results(results)
    , m_messages(messages)
{
}

Output::~Output()
{
    endProgress();
}

void Output::write(const QByteArray &text)
{
    endProgress();
    m_isActive = true;
    if (m_fault)
        return;
    const bool taken = m_results.write(text) == text.size();
    auto *file = qobject_cast<QFileDevice *>(&m_results);
    if (!taken || (file && !file->flush()))
        m_fault = notWritten(m_results);
}

void Output::say(const QByteArray &text)
{
    endProgress();
    m_messages.write(text); // There is nowhere to say that this failed.
    if (auto *file = qobject_cast<QFileDevice *>(&m_messages))
        file->flush();
}

void Output::line(const QString &text)
{
    write(printable(text).toUtf8() + '\n');
}

void Output::raw(const QByteArray &bytes)
{
    write(bytes);
}

void Output::text(const QByteArray &bytes)
{
    write(printable(bytes));
}

void Output::result(const QJsonObject &object)
{
    write(safeJson(QJsonDocument(object).toJson()));
}

void Output::result(const QJsonArray &array)
{
    write(safeJson(QJsonDocument(array).toJson()));
}

void Output::table(const QList<QStringList> &rows)
{
    QList<QStringList> shown;
    for (const QStringList &row : rows) {
        QStringList cells;
        for (const QString &cell : row)
            cells.append(printable(cell));
        shown.append(cells);
    }
    const QList<int> widths = columnWidths(shown, columns);
    QByteArray text;
    for (const QStringList &row : std::as_const(shown))
        text += lineOf(row, widths, columns > 0).toUtf8() + '\n';
    write(text);
}

void Output::message(const QString &text)
{
    if (!quiet)
        say(printable(text).toUtf8() + '\n');
}

void Output::progress(const QString &text)
{
    m_isActive = true;
    if (quiet || !showsProgress)
        return;
    m_messages.write("\r" + printable(text).toUtf8() + "\x1b[K");
    if (auto *file = qobject_cast<QFileDevice *>(&m_messages))
        file->flush();
    m_inProgress = true;
}

void Output::endProgress()
{
    if (std::exchange(m_inProgress, false))
        m_messages.write("\r\x1b[K");
}

void Output::stillWaiting(int seconds)
{
    if (std::exchange(m_isActive, false) || seconds <= m_silentSince)
        m_silentSince = seconds;
    const int silence = seconds - m_silentSince;
    if (showsProgress && silence == 3)
        progress(u"Waiting for an answer …"_s + (limit.isEmpty() ? limit : u" ("_s + limit + u')'));
    else if (!showsProgress && silence == longSilence)
        message(u"Still waiting for an answer after %1 seconds%2."_s.arg(seconds).arg(
            limit.isEmpty() ? limit : u"; "_s + limit));
}

ExitCode Output::failure(const Error &error)
{
    return failure(error, exitCodeFor(error.kind), {});
}

ExitCode Output::failure(const Error &error, ExitCode code, const QJsonObject &also)
{
    if (json) {
        QJsonObject whole = also;
        whole.insert(u"error"_s, errorJson(error, code));
        result(whole);
    }
    complain(error);
    return code;
}

void Output::complain(const Error &error)
{
    QString sentence = error.sentence();
    if (error.retryAfter)
        sentence += u" Try again in %1 s."_s.arg((error.retryAfter->count() + 999) / 1000);
    say("hubkeeper-cli: " + printable(sentence).toUtf8() + '\n');
    for (const FieldFault &field : error.fields)
        say("  " + printable(field.property + u": "_s + field.message).toUtf8() + '\n');
}

} // namespace hubkeeper::cli
