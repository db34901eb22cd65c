// SPDX-License-Identifier: MIT
#include "session/connections/substitutions.h"

#include "base/compactjson.h"
#include "provisioner/model/substitution.h"
#include "session/sessiontext.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

Result<QHash<QString, QString>> ofJson(const QByteArray &content)
{
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(content, &fault);
    if (!document.isObject())
        return fail(
            ErrorKind::InvalidInput,
            SessionText::tr("The properties are not a JSON object: %1.").arg(fault.errorString()));
    QHash<QString, QString> values;
    const QJsonObject object = document.object();
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (member->isObject() || member->isArray() || member->isNull())
            return fail(ErrorKind::InvalidInput,
                        SessionText::tr("The property %1 is not a text, number or boolean.")
                            .arg(member.key()));
        values.insert(member.key(), readableText(*member));
    }
    return values;
}

/// Lines that end with a backslash go on in the next one.
QStringList logicalLines(const QString &text)
{
    QStringList lines;
    bool goesOn = false;
    for (QString line : text.split(u'\n')) {
        if (line.endsWith(u'\r'))
            line.chop(1);
        if (goesOn)
            lines.last() += line.trimmed();
        else
            lines.append(line);
        qsizetype slashes = 0;
        while (slashes < lines.last().size()
               && lines.last().at(lines.last().size() - 1 - slashes) == u'\\')
            ++slashes;
        goesOn = slashes % 2 == 1;
        if (goesOn)
            lines.last().chop(1);
    }
    return lines;
}

QString unescaped(QStringView text)
{
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'\\' || i + 1 == text.size()) {
            plain += text[i];
            continue;
        }
        const QChar c = text[++i];
        if (c == u'u' && i + 4 < text.size()) {
            plain += QChar(char16_t(text.mid(i + 1, 4).toUShort(nullptr, 16)));
            i += 4;
        } else {
            plain += c == u'n' ? u'\n' : c == u't' ? u'\t' : c == u'r' ? u'\r' : c;
        }
    }
    return plain;
}

/// Where the name ends: at the first =, : or blank that is not escaped.
qsizetype endOfName(const QString &line)
{
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line[i] == u'\\')
            ++i;
        else if (line[i] == u'=' || line[i] == u':' || line[i].isSpace())
            return i;
    }
    return line.size();
}

Result<QHash<QString, QString>> ofProperties(const QByteArray &content)
{
    QHash<QString, QString> values;
    int number = 0;
    for (const QString &raw : logicalLines(QString::fromUtf8(content))) {
        ++number;
        const QString line = raw.trimmed();
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u'!'))
            continue;
        const qsizetype end = endOfName(line);
        QString value = line.mid(end).trimmed();
        if (value.startsWith(u'=') || value.startsWith(u':'))
            value = value.mid(1).trimmed();
        if (end == 0)
            return fail(ErrorKind::InvalidInput,
                        SessionText::tr("Line %1 of the properties has no name.").arg(number),
                        SessionText::tr("Write name=value."));
        values.insert(unescaped(QStringView(line).first(end)), unescaped(value));
    }
    return values;
}

} // namespace

Result<QString> Substitutions::filled(const QString &text, bool confidential) const
{
    QString result = text;
    for (qsizetype count = 0; count < mostSubstitutions; ++count) {
        const QList<Substitution> all = substitutionsIn(result);
        if (all.isEmpty())
            return result;
        const Substitution last = all.last(); // Nothing begins within it.
        const QString name = last.name(result).toString();
        QString value;
        if (m_private.contains(name)) {
            value = m_private.value(name);
        } else if (m_public.contains(name)) {
            if (confidential)
                return fail(
                    ErrorKind::Refused,
                    SessionText::tr(
                        "A value for &{%1} reaches a secret, so it must not be an argument, "
                        "which others can see.")
                        .arg(name),
                    SessionText::tr("Give it in a file with --properties."));
            value = m_public.value(name);
        } else if (last.hasDefault()) {
            value = last.defaultText(result).toString();
        } else {
            return fail(
                ErrorKind::InvalidInput, SessionText::tr("&{%1} has no value here.").arg(name),
                SessionText::tr(
                    "Give it with --set-substitution %1=… or in a file with --properties, or "
                    "open a copy of the file that holds the value itself.")
                    .arg(name));
        }
        if (!last.isClosed)
            return fail(ErrorKind::InvalidInput, SessionText::tr("&{%1 is not closed.").arg(name));
        result.replace(last.begin, last.end - last.begin, value);
    }
    return fail(ErrorKind::InvalidInput, SessionText::tr("A substitution refers to itself."));
}

Result<QHash<QString, QString>> substitutionsFrom(const QByteArray &content)
{
    return content.trimmed().startsWith('{') ? ofJson(content) : ofProperties(content);
}

} // namespace hubkeeper
