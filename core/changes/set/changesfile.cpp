// SPDX-License-Identifier: MIT
#include "changes/set/changesfile.h"

#include "changes/set/errorjson.h"
#include "changes/set/undosteps.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto formatName = "hubkeeper-changes"_L1;
constexpr int formatVersion = 1;

constexpr std::array allKinds {ChangeKind::Update, ChangeKind::Create, ChangeKind::Archive};
constexpr std::array allStates {RowState::Staged, RowState::Sending, RowState::Applied,
                                RowState::Failed, RowState::Unknown, RowState::Conflicting,
                                RowState::Skipped};

QJsonObject toJson(const RowChange &row)
{
    QJsonObject json {{u"type"_s, nameOf(row.type)},
                      {u"kind"_s, nameOf(row.kind)},
                      {u"id"_s, row.id},
                      {u"label"_s, row.label},
                      {u"state"_s, nameOf(row.state)}};
    if (!row.writtenId.isEmpty())
        json.insert(u"writtenId"_s, row.writtenId);
    if (row.basedOn.isValid())
        json.insert(u"basedOn"_s, row.basedOn.toUTC().toString(Qt::ISODateWithMs));
    QJsonObject cells;
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
        cells.insert(cell.key(),
                     QJsonObject {{u"before"_s, cell->before}, {u"after"_s, cell->after}});
    }
    json.insert(u"cells"_s, cells);
    if (row.error)
        json.insert(u"error"_s, errorToJson(*row.error));
    QJsonObject theirs;
    for (auto text = row.theirs.cbegin(); text != row.theirs.cend(); ++text)
        theirs.insert(text.key(), text.value());
    if (!theirs.isEmpty())
        json.insert(u"theirs"_s, theirs);
    return json;
}

/// Reads one row; the first thing that is wrong is kept as a phrase.
class RowReader
{
public:
    explicit RowReader(const QJsonValue &value)
        : m_value(value)
        , m_json(value.toObject())
    {
    }

    [[nodiscard]] RowChange read()
    {
        RowChange row;
        if (!m_value.isObject())
            refuse(u"it is not an object"_s);
        refuseUnknown(m_json,
                      {"type"_L1, "kind"_L1, "id"_L1, "label"_L1, "state"_L1, "writtenId"_L1,
                       "basedOn"_L1, "cells"_L1, "error"_L1, "theirs"_L1});
        row.type = oneOf("type"_L1, allObjectTypes);
        row.kind = oneOf("kind"_L1, allKinds);
        row.state = oneOf("state"_L1, allStates);
        row.id = text(m_json, "id"_L1, true);
        row.label = text(m_json, "label"_L1, false);
        row.writtenId = text(m_json, "writtenId"_L1, false);
        if (row.id.isEmpty())
            refuse(u"\"id\" is empty"_s);
        readBasedOn(row);
        readCells(row);
        readTheirs(row);
        if (m_json.contains("error"_L1))
            row.error = errorFromJson(m_json.value("error"_L1).toObject());
        comeBack(row);
        return row;
    }

    [[nodiscard]] const QString &fault() const { return m_fault; }

private:
    void refuse(const QString &phrase)
    {
        if (m_fault.isEmpty())
            m_fault = phrase;
    }

    void refuseUnknown(const QJsonObject &json, std::initializer_list<QLatin1StringView> known)
    {
        for (auto member = json.begin(); member != json.end(); ++member) {
            if (std::find(known.begin(), known.end(), member.key()) == known.end())
                refuse(u"\"%1\" is not known"_s.arg(member.key().left(40)));
        }
    }

    QString text(const QJsonObject &json, QLatin1StringView name, bool required)
    {
        const QJsonValue value = json.value(name);
        if (!value.isString() && (required || !value.isUndefined()))
            refuse(u"\"%1\" is not a text"_s.arg(name));
        return value.toString();
    }

    template <typename Choices>
    typename Choices::value_type oneOf(QLatin1StringView name, const Choices &choices)
    {
        const QString word = text(m_json, name, true);
        for (const auto choice : choices) {
            if (nameOf(choice) == word)
                return choice;
        }
        refuse(u"\"%1\" has an unknown value"_s.arg(name));
        return choices.front();
    }

    void readBasedOn(RowChange &row)
    {
        const QString stamp = text(m_json, "basedOn"_L1, false);
        if (stamp.isEmpty())
            return;
        row.basedOn = QDateTime::fromString(stamp, Qt::ISODateWithMs).toUTC();
        if (!row.basedOn.isValid())
            refuse(u"\"basedOn\" is not a time"_s);
    }

    void readCells(RowChange &row)
    {
        if (!m_json.value("cells"_L1).isObject())
            return refuse(u"\"cells\" is missing"_s);
        const QJsonObject cells = m_json.value("cells"_L1).toObject();
        for (auto cell = cells.begin(); cell != cells.end(); ++cell) {
            const QJsonObject texts = cell.value().toObject();
            refuseUnknown(texts, {"before"_L1, "after"_L1});
            row.cells.insert(cell.key(),
                             {text(texts, "before"_L1, true), text(texts, "after"_L1, true)});
        }
        if (cells.contains(QString()))
            refuse(u"a property has no name"_s);
        if (row.kind == ChangeKind::Archive && !cells.isEmpty())
            refuse(u"an archive has no cells"_s);
    }

    void readTheirs(RowChange &row)
    {
        const QJsonValue theirs = m_json.value("theirs"_L1);
        if (!theirs.isObject() && !theirs.isUndefined())
            return refuse(u"\"theirs\" is not an object"_s);
        const QJsonObject texts = theirs.toObject();
        for (auto other = texts.begin(); other != texts.end(); ++other) {
            if (!other.value().isString())
                refuse(u"\"theirs\" holds something that is not a text"_s);
            row.theirs.insert(other.key(), other.value().toString());
        }
    }

    /// The program ended while the row was being sent.
    static void comeBack(RowChange &row)
    {
        if (row.state == RowState::Sending) {
            row.state = row.kind == ChangeKind::Create ? RowState::Unknown : RowState::Staged;
        }
    }

    const QJsonValue m_value;
    const QJsonObject m_json;
    QString m_fault;
};

tl::unexpected<Error> notAChangesFile(const QString &reason)
{
    return fail(ErrorKind::InvalidInput, u"This is not a file of changes: %1."_s.arg(reason),
                u"Choose a file that was saved by this program."_s);
}

} // namespace

QString nameOf(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Update:
        return u"update"_s;
    case ChangeKind::Create:
        return u"create"_s;
    case ChangeKind::Archive:
        break;
    }
    return u"archive"_s;
}

QString nameOf(RowState state)
{
    switch (state) {
    case RowState::Staged:
        return u"staged"_s;
    case RowState::Sending:
        return u"sending"_s;
    case RowState::Applied:
        return u"applied"_s;
    case RowState::Failed:
        return u"failed"_s;
    case RowState::Conflicting:
        return u"conflict"_s;
    case RowState::Unknown:
        return u"unknown"_s;
    case RowState::Skipped:
        break;
    }
    return u"skipped"_s;
}

QByteArray changesToJson(const std::vector<RowChange> &rows)
{
    QJsonArray array;
    for (const RowChange &row : rows)
        array.append(toJson(row));
    const QJsonObject json {
        {u"format"_s, formatName}, {u"version"_s, formatVersion}, {u"rows"_s, array}};
    return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

Result<std::vector<RowChange>> changesFromJson(const QByteArray &json)
{
    QJsonParseError parsed;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parsed);
    if (parsed.error != QJsonParseError::NoError)
        return notAChangesFile(u"%1 at byte %2"_s.arg(parsed.errorString()).arg(parsed.offset));
    const QJsonObject file = document.object();
    if (file.value("format"_L1).toString() != formatName)
        return notAChangesFile(u"its \"format\" is not \"%1\""_s.arg(formatName));
    if (file.value("version"_L1) != QJsonValue(formatVersion))
        return notAChangesFile(u"its version is not %1"_s.arg(formatVersion));
    if (!file.value("rows"_L1).isArray() || file.size() != 3)
        return notAChangesFile(u"it holds something else than rows"_s);

    std::vector<RowChange> rows;
    QSet<RowKey> seen;
    const QJsonArray array = file.value("rows"_L1).toArray();
    for (const QJsonValue &value : array) {
        RowReader reader(value);
        RowChange row = reader.read();
        const auto number = rows.size() + 1;
        if (!reader.fault().isEmpty())
            return notAChangesFile(u"row %1: %2"_s.arg(number).arg(reader.fault()));
        if (seen.contains({row.type, row.id}))
            return notAChangesFile(u"row %1: the record is there twice"_s.arg(number));
        seen.insert({row.type, row.id});
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace hubkeeper
