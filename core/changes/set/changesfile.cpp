// SPDX-License-Identifier: MIT
#include "changes/set/changesfile.h"

#include "changes/changestext.h"
#include "changes/set/rowjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto formatName = "hubkeeper-changes"_L1;
constexpr int formatVersion = 2;

QByteArray lineOf(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

tl::unexpected<Error> notAChangesFile(const QString &reason)
{
    return fail(ErrorKind::InvalidInput,
                ChangesText::tr("This is not a file of changes: %1.").arg(reason),
                ChangesText::tr("Choose a file that was saved by this program."));
}

/// Takes row after row and says what is wrong with one, or with all of them together.
class RowsReader
{
public:
    /// `place` names the row: "line 3", "row 3".
    [[nodiscard]] Result<void> add(const QJsonValue &json, const QString &place)
    {
        auto read = rowFromJson(json);
        if (!read)
            return notAChangesFile(u"%1: %2"_s.arg(place, read.error()));
        RowChange &row = *read;
        if (row.state == RowState::Sending) // Nobody knows how that ended.
            row.state = RowState::Unknown;
        row.run.clear();
        const RowKey key = keyOf(row);
        if (m_seen.contains(key))
            return notAChangesFile(ChangesText::tr("%1: the record is there twice").arg(place));
        m_seen.insert(key);
        const bool isLocal = localNumber(row.id) > 0;
        if (row.subject == RowSubject::Record && row.kind == ChangeKind::Create && isLocal)
            m_created.insert({row.type, row.id});
        else if (row.subject != RowSubject::Definition && isLocal)
            m_needed.append({{row.type, row.id}, place});
        if (row.to && localNumber(row.to->id) > 0)
            m_needed.append({{row.to->type, row.to->id}, place});
        m_rows.push_back(std::move(row));
        return {};
    }

    [[nodiscard]] Result<std::vector<RowChange>> finish()
    {
        for (const auto &[key, place] : std::as_const(m_needed)) {
            if (!m_created.contains(key))
                return notAChangesFile(ChangesText::tr("%1: no row creates %2").arg(place, key.id));
        }
        return std::move(m_rows);
    }

private:
    std::vector<RowChange> m_rows;
    QSet<RowKey> m_seen;
    QSet<RowKey> m_created;
    QList<std::pair<RowKey, QString>> m_needed;
};

Result<ExchangedChanges> fromVersion1(const QJsonObject &file)
{
    if (file.value("version"_L1) != QJsonValue(1))
        return notAChangesFile(ChangesText::tr("its version is not 1 or %1").arg(formatVersion));
    if (!file.value("rows"_L1).isArray() || file.size() != 3)
        return notAChangesFile(ChangesText::tr("it holds something else than rows"));
    RowsReader reader;
    const QJsonArray array = file.value("rows"_L1).toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (const auto added = reader.add(array[i], ChangesText::tr("row %1").arg(i + 1)); !added)
            return tl::unexpected(added.error());
    }
    return reader.finish().map([](std::vector<RowChange> rows) {
        return ExchangedChanges {{}, std::move(rows)};
    });
}

Result<ChangeBinding> bindingFrom(const QJsonObject &header)
{
    static constexpr std::array known {"format"_L1, "version"_L1, "portal"_L1, "portalName"_L1,
                                       "connection"_L1};
    for (auto member = header.begin(); member != header.end(); ++member) {
        if (std::find(known.begin(), known.end(), member.key()) == known.end())
            return notAChangesFile(
                ChangesText::tr("line 1: \"%1\" is not known").arg(member.key().left(40)));
    }
    ChangeBinding binding;
    bool isNumber = false;
    binding.portalId = header.value("portal"_L1).toString().toLongLong(&isNumber);
    if (!isNumber || binding.portalId < 0)
        return notAChangesFile(
            ChangesText::tr("line 1: \"portal\" is not the id of a portal, as a text"));
    for (const auto name : {"portalName"_L1, "connection"_L1}) {
        const QJsonValue value = header.value(name);
        if (!value.isUndefined() && !value.isString())
            return notAChangesFile(ChangesText::tr("line 1: \"%1\" is not a text").arg(name));
    }
    binding.portalName = header.value("portalName"_L1).toString();
    binding.connectionLabel = header.value("connection"_L1).toString();
    return binding;
}

Result<QJsonObject> objectIn(QByteArrayView line, int number)
{
    QJsonParseError parsed;
    const auto document =
        QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size()), &parsed);
    if (parsed.error != QJsonParseError::NoError) {
        return notAChangesFile(ChangesText::tr("line %1: %2 at byte %3")
                                   .arg(number)
                                   .arg(parsed.errorString())
                                   .arg(parsed.offset));
    }
    if (!document.isObject())
        return notAChangesFile(ChangesText::tr("line %1: it is not an object").arg(number));
    return document.object();
}

Result<ExchangedChanges> fromLines(const QByteArray &content, qsizetype headerEnd,
                                   const QJsonObject &header)
{
    const auto binding = bindingFrom(header);
    if (!binding)
        return tl::unexpected(binding.error());
    RowsReader reader;
    int number = 2;
    for (qsizetype begin = headerEnd + 1; begin < content.size(); ++number) {
        qsizetype end = content.indexOf('\n', begin);
        end = end < 0 ? content.size() : end;
        const auto row = objectIn(QByteArrayView(content).sliced(begin, end - begin), number);
        if (!row)
            return tl::unexpected(row.error());
        if (const auto added = reader.add(*row, ChangesText::tr("line %1").arg(number)); !added)
            return tl::unexpected(added.error());
        begin = end + 1;
    }
    return reader.finish().map([&](std::vector<RowChange> rows) {
        return ExchangedChanges {*binding, std::move(rows)};
    });
}

} // namespace

QByteArray changesToLines(const ChangeBinding &binding, const std::vector<RowChange> &rows)
{
    QJsonObject header {{u"format"_s, formatName},
                        {u"version"_s, formatVersion},
                        {u"portal"_s, QString::number(binding.portalId)}};
    if (!binding.portalName.isEmpty())
        header.insert(u"portalName"_s, binding.portalName);
    if (!binding.connectionLabel.isEmpty())
        header.insert(u"connection"_s, binding.connectionLabel);
    QByteArray lines = lineOf(header);
    for (const RowChange &row : rows)
        lines += lineOf(row);
    return lines;
}

QByteArray lineOf(const RowChange &row)
{
    return lineOf(jsonOf(row));
}

Result<ExchangedChanges> changesFromFile(const QByteArray &content)
{
    const qsizetype newline = content.indexOf('\n');
    const QByteArray first = content.left(newline < 0 ? content.size() : newline);
    const QJsonObject header = QJsonDocument::fromJson(first).object();
    if (header.value("format"_L1).toString() == formatName
        && header.value("version"_L1) == QJsonValue(formatVersion))
        return fromLines(content, first.size(), header);

    QJsonParseError parsed;
    const QJsonDocument document = QJsonDocument::fromJson(content, &parsed);
    if (!header.isEmpty() && header.value("version"_L1).toInt() > formatVersion)
        return notAChangesFile(ChangesText::tr("its version is newer than %1").arg(formatVersion));
    if (parsed.error != QJsonParseError::NoError)
        return notAChangesFile(
            ChangesText::tr("%1 at byte %2").arg(parsed.errorString()).arg(parsed.offset));
    const QJsonObject file = document.object();
    if (file.value("format"_L1).toString() != formatName)
        return notAChangesFile(ChangesText::tr("its \"format\" is not \"%1\"").arg(formatName));
    return fromVersion1(file);
}

} // namespace hubkeeper
