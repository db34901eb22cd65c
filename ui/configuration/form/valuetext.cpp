// SPDX-License-Identifier: MIT
#include "configuration/form/valuetext.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Whether a text survives being shown in a line and read back.
bool isPlain(const QString &text)
{
    const bool isPrintable =
        std::all_of(text.begin(), text.end(), [](QChar letter) { return letter >= u' '; });
    return isPrintable && !text.isEmpty() && text == text.trimmed() && !text.startsWith(u'{')
        && !text.startsWith(u'[') && !JsonText(text.toUtf8()).isValid();
}

} // namespace

QString lineOfValue(const JsonText &text, int node)
{
    if (node == JsonText::none)
        return {};
    if (text.node(node).kind == JsonKind::String && isPlain(text.stringOf(node)))
        return text.stringOf(node);
    return QString::fromUtf8(text.node(node).kind == JsonKind::String
                                 ? text.rawOf(node)
                                 : text.rawOf(node).simplified());
}

Result<QByteArray> valueOfLine(const QString &typed)
{
    const QString line = typed.trimmed();
    const JsonText parsed(line.toUtf8());
    if (parsed.isValid())
        return parsed.rawOf(parsed.root());
    if (line.startsWith(u'{') || line.startsWith(u'[')) {
        return fail(ErrorKind::InvalidInput, u"%1 is not valid JSON."_s.arg(line),
                    u"Write it as in {\"limit\": 10}, or in quotes if it is a text."_s);
    }
    return jsonQuoted(line);
}

std::optional<QString> lineOfNames(const JsonText &text, int node)
{
    if (node == JsonText::none || text.node(node).kind != JsonKind::Array)
        return {};
    QStringList names;
    for (int child = text.node(node).firstChild; child != JsonText::none;
         child = text.node(child).next) {
        if (text.node(child).kind != JsonKind::String)
            return {};
        names.append(text.stringOf(child));
    }
    return names.join(u", "_s);
}

QByteArray namesOfLine(const QString &typed)
{
    QByteArrayList names;
    for (const QString &name : typed.split(u',')) {
        if (!name.trimmed().isEmpty())
            names.append(jsonQuoted(name.trimmed()));
    }
    return names.isEmpty() ? QByteArray() : '[' + names.join(", ") + ']';
}

} // namespace hubkeeper
