// SPDX-License-Identifier: MIT
#include "output.h"

#include <QFileDevice>
#include <QIODevice>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

void write(QIODevice &stream, const QByteArray &text)
{
    stream.write(text);
    if (auto *file = qobject_cast<QFileDevice *>(&stream))
        file->flush();
}

/// Control characters of foreign texts must not steer a terminal.
QString printable(QString text)
{
    for (QChar &c : text) {
        if (c.unicode() < 0x20 || c.unicode() == 0x7F
            || (c.unicode() >= 0x80 && c.unicode() < 0xA0))
            c = u' ';
    }
    return text;
}

} // namespace

Output::Output(QIODevice &results, QIODevice &messages)
    : m_results(results)
    , m_messages(messages)
{
}

void Output::line(const QString &text)
{
    write(m_results, printable(text).toUtf8() + '\n');
}

void Output::raw(const QByteArray &bytes)
{
    write(m_results, bytes);
}

void Output::result(const QJsonObject &object)
{
    write(m_results, QJsonDocument(object).toJson());
}

void Output::result(const QJsonArray &array)
{
    write(m_results, QJsonDocument(array).toJson());
}

void Output::table(const QList<QStringList> &rows)
{
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    for (const QStringList &row : rows) {
        QString text;
        for (qsizetype i = 0; i < row.size(); ++i)
            text += i + 1 < row.size() ? row[i].leftJustified(widths[i] + 2) : row[i];
        line(text);
    }
}

void Output::message(const QString &text)
{
    if (!quiet)
        write(m_messages, printable(text).toUtf8() + '\n');
}

ExitCode Output::failure(const Error &error)
{
    return failure(error, exitCodeFor(error.kind), {});
}

ExitCode Output::failure(const Error &error, ExitCode code, const QJsonObject &also)
{
    if (json) {
        QJsonObject body {{u"kind"_s, nameOf(error.kind)},
                          {u"message"_s, error.what},
                          {u"remedy"_s, error.remedy},
                          {u"exitCode"_s, int(code)}};
        if (error.httpStatus > 0)
            body.insert(u"httpStatus"_s, error.httpStatus);
        if (!error.category.isEmpty())
            body.insert(u"category"_s, error.category);
        if (!error.correlationId.isEmpty())
            body.insert(u"correlationId"_s, error.correlationId);
        if (!error.existingId.isEmpty())
            body.insert(u"existingId"_s, error.existingId);
        QJsonObject whole = also;
        whole.insert(u"error"_s, body);
        result(whole);
    }
    write(m_messages, "hubkeeper-cli: " + printable(error.sentence()).toUtf8() + '\n');
    for (const FieldFault &field : error.fields)
        write(m_messages,
              "  " + printable(field.property + u": "_s + field.message).toUtf8() + '\n');
    return code;
}

} // namespace hubkeeper::cli
