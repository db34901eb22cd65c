// SPDX-License-Identifier: MIT
#include "tables/jsonlines/jsonlinesreader.h"

#include "tables/rows/tablestext.h"

#include <QHash>
#include <QIODevice>

#include <functional>
#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using Element = simdjson::dom::element;
using Kind = simdjson::dom::element_type;

constexpr qint64 mostLineBytes = 64LL << 20;

/// The text of a value; objects and lists of them as JSON.
std::string textOf(Element value)
{
    switch (value.type()) {
    case Kind::STRING:
        return std::string(value.get_string().value_unsafe());
    case Kind::NULL_VALUE:
        return {};
    case Kind::ARRAY: {
        std::string text;
        bool isFirst = true;
        const simdjson::dom::array values = value.get_array().value_unsafe();
        for (const Element one : values) {
            text += std::exchange(isFirst, false) ? "" : ";";
            text += textOf(one);
        }
        return text;
    }
    default: // Numbers are written again: the shortest form that reads the same.
        return simdjson::minify(value);
    }
}

using TakeValue = std::function<void(std::string_view key, Element value)>;

/// The values of a record: its members, and those of its "properties".
void forEachValue(Element object, const TakeValue &take)
{
    // A value of its own: what the result holds ends with the result.
    const simdjson::dom::object members = object.get_object().value_unsafe();
    for (const auto member : members) {
        if (member.key == "properties" && member.value.is_object())
            forEachValue(member.value, take);
        else
            take(member.key, member.value);
    }
}

class JsonLinesReader
{
public:
    JsonLinesReader(QIODevice &file, TableSink &sink)
        : m_file(file)
        , m_sink(sink)
    {
    }

    Result<void> read()
    {
        const auto collected = forEachLine([this](const QByteArray &line, qint64) {
            Element object;
            if (!parse(line, object))
                return true;
            forEachValue(object, [this](std::string_view key, Element) { addColumn(key); });
            return m_columns.size() <= mostColumns;
        });
        if (!collected)
            return collected;
        if (m_columns.size() > mostColumns)
            return fail(ErrorKind::InvalidInput,
                        TablesText::tr("The lines have more than 16,384 different keys."));
        TableFormat format;
        format.kind = TableKind::JsonLines;
        format.encoding = u"UTF-8"_s;
        format.headerRow = m_columns.isEmpty() ? 0 : 1;
        format.firstRow = m_columns.isEmpty() ? 0 : 1;
        if (!m_sink.begin(format))
            return {};
        if (m_columns.isEmpty()) {
            m_sink.fault({TableFaultKind::Empty, 1, 0, 1, TablesText::tr("The file has no rows.")});
            return giveBadLines();
        }
        const std::vector<std::string_view> names(m_names.begin(), m_names.end());
        return m_sink.row({1, 0, true, names}) ? giveRows() : Result<void> {};
    }

private:
    Result<void> forEachLine(const std::function<bool(const QByteArray &, qint64)> &take);
    Result<void> giveRows();
    Result<void> giveBadLines();

    bool parse(const QByteArray &line, Element &object)
    {
        const auto parsed = m_parser.parse(line.constData(), size_t(line.size()));
        return parsed.get(object) == simdjson::SUCCESS && object.is_object();
    }

    void addColumn(std::string_view key)
    {
        const QByteArray name(key.data(), qsizetype(key.size()));
        if (m_columns.contains(name))
            return;
        m_columns.insert(name, m_columns.size());
        m_names.emplace_back(key);
    }

    QIODevice &m_file;
    TableSink &m_sink;
    simdjson::dom::parser m_parser;
    QHash<QByteArray, qsizetype> m_columns;
    std::vector<std::string> m_names;
};

Result<void>
JsonLinesReader::forEachLine(const std::function<bool(const QByteArray &, qint64)> &take)
{
    if (!m_file.seek(0))
        return fail(ErrorKind::InvalidInput, m_file.errorString());
    for (qint64 number = 1; !m_file.atEnd(); ++number) {
        QByteArray line = m_file.readLine(mostLineBytes);
        if (number == 1 && line.startsWith("\xEF\xBB\xBF"))
            line.remove(0, 3);
        if (!line.trimmed().isEmpty() && !take(line, number))
            break;
    }
    return {};
}

/// Rows are numbered as the table has them, the header being the first; lines are the file's.
Result<void> JsonLinesReader::giveRows()
{
    qint64 number = 1;
    return forEachLine([&](const QByteArray &line, qint64 lineNumber) {
        Element object;
        ++number;
        if (!parse(line, object)) {
            m_sink.fault(
                {TableFaultKind::BadJson, number, 0, lineNumber,
                 TablesText::tr("Line %1 is not a JSON object and was left out.").arg(lineNumber)});
            return true;
        }
        std::vector<std::string> texts(m_names.size());
        forEachValue(object, [&](std::string_view key, Element value) {
            texts[size_t(m_columns.value(QByteArray(key.data(), qsizetype(key.size()))))] =
                textOf(value);
        });
        const std::vector<std::string_view> cells(texts.begin(), texts.end());
        return m_sink.row({number, lineNumber, false, cells});
    });
}

Result<void> JsonLinesReader::giveBadLines()
{
    return forEachLine([this](const QByteArray &, qint64 lineNumber) {
        m_sink.fault(
            {TableFaultKind::BadJson, lineNumber, 0, lineNumber,
             TablesText::tr("Line %1 is not a JSON object and was left out.").arg(lineNumber)});
        return true;
    });
}

} // namespace

Result<void> readJsonLines(QIODevice &file, TableSink &sink)
{
    return JsonLinesReader(file, sink).read();
}

bool looksLikeJsonLines(QIODevice &file)
{
    QByteArray head = file.peek(1 << 20);
    if (head.startsWith("\xEF\xBB\xBF"))
        head.remove(0, 3);
    head = head.trimmed();
    const qsizetype end = head.indexOf('\n');
    const QByteArray line = end < 0 ? head : head.left(end);
    if (!line.startsWith('{'))
        return false;
    simdjson::dom::parser parser;
    Element object;
    return parser.parse(line.constData(), size_t(line.size())).get(object) == simdjson::SUCCESS
        && object.is_object();
}

} // namespace hubkeeper
