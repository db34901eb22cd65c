// SPDX-License-Identifier: MIT
#include "changes/set/rowjson.h"

#include "changes/changestext.h"
#include "changes/set/associationcells.h"
#include "changes/set/errorjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QJsonObject jsonOf(const QMap<QString, CellChange> &cells)
{
    QJsonObject json;
    for (auto cell = cells.cbegin(); cell != cells.cend(); ++cell) {
        json.insert(cell.key(),
                    QJsonObject {{u"before"_s, cell->before}, {u"after"_s, cell->after}});
    }
    return json;
}

/// Reads one row; the first thing that is wrong is kept as a phrase.
class RowReader
{
public:
    explicit RowReader(const QJsonValue &value)
        : m_json(value.toObject())
    {
        if (!value.isObject())
            refuse(ChangesText::tr("it is not an object"));
    }

    [[nodiscard]] RowChange read()
    {
        RowChange row;
        refuseUnknown(m_json,
                      {"subject"_L1, "type"_L1, "kind"_L1, "id"_L1, "to"_L1, "associationTypes"_L1,
                       "label"_L1, "state"_L1, "run"_L1, "writtenId"_L1, "basedOn"_L1, "cells"_L1,
                       "error"_L1, "theirs"_L1, "revertOf"_L1, "rebuilds"_L1, "excluded"_L1});
        row.excluded = m_json.value("excluded"_L1).toBool();
        if (m_json.contains("excluded"_L1) && !m_json.value("excluded"_L1).isBool())
            refuse(ChangesText::tr("\"excluded\" is neither true nor false"));
        if (m_json.contains("subject"_L1))
            row.subject = oneOf("subject"_L1, allRowSubjects);
        row.type = oneOf("type"_L1, allObjectTypes);
        row.kind = oneOf("kind"_L1, allChangeKinds);
        row.state = oneOf("state"_L1, allRowStates);
        row.id = text(m_json, "id"_L1, true);
        row.label = text(m_json, "label"_L1, false);
        row.run = text(m_json, "run"_L1, false);
        row.writtenId = text(m_json, "writtenId"_L1, false);
        row.revertOf = text(m_json, "revertOf"_L1, false);
        row.rebuilds = text(m_json, "rebuilds"_L1, false);
        if (row.id.isEmpty())
            refuse(ChangesText::tr("\"id\" is empty"));
        if (!row.rebuilds.isEmpty()
            && (row.kind != ChangeKind::Create || row.subject != RowSubject::Record))
            refuse(ChangesText::tr("\"rebuilds\" belongs to a record that is created"));
        readBasedOn(row);
        readCells(row);
        readOtherEnd(row);
        readTheirs(row);
        if (m_json.contains("error"_L1))
            row.error = errorFromJson(m_json.value("error"_L1).toObject());
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
                refuse(ChangesText::tr("\"%1\" is not known").arg(member.key().left(40)));
        }
    }

    QString text(const QJsonObject &json, QLatin1StringView name, bool required)
    {
        const QJsonValue value = json.value(name);
        if (!value.isString() && (required || !value.isUndefined()))
            refuse(ChangesText::tr("\"%1\" is not a text").arg(name));
        return value.toString();
    }

    template <typename Choices>
    typename Choices::value_type oneOf(const QJsonObject &json, QLatin1StringView name,
                                       const Choices &choices)
    {
        const QString word = text(json, name, true);
        for (const auto choice : choices) {
            if (nameOf(choice) == word)
                return choice;
        }
        refuse(ChangesText::tr("\"%1\" has an unknown value").arg(name));
        return choices.front();
    }

    template <typename Choices>
    typename Choices::value_type oneOf(QLatin1StringView name, const Choices &choices)
    {
        return oneOf(m_json, name, choices);
    }

    void readBasedOn(RowChange &row)
    {
        const QString stamp = text(m_json, "basedOn"_L1, false);
        if (stamp.isEmpty())
            return;
        row.basedOn = QDateTime::fromString(stamp, Qt::ISODateWithMs).toUTC();
        if (!row.basedOn.isValid())
            refuse(ChangesText::tr("\"basedOn\" is not a time"));
    }

    void readCells(RowChange &row)
    {
        if (!m_json.value("cells"_L1).isObject())
            return refuse(ChangesText::tr("\"cells\" is missing"));
        const QJsonObject cells = m_json.value("cells"_L1).toObject();
        for (auto cell = cells.begin(); cell != cells.end(); ++cell) {
            if (!cell->isObject())
                refuse(ChangesText::tr("\"cells\" holds something that is not an object"));
            const QJsonObject texts = cell.value().toObject();
            refuseUnknown(texts, {"before"_L1, "after"_L1});
            row.cells.insert(cell.key(),
                             {text(texts, "before"_L1, true), text(texts, "after"_L1, true)});
        }
        if (cells.contains(QString()))
            refuse(ChangesText::tr("a property has no name"));
        const bool hasNew =
            std::any_of(row.cells.cbegin(), row.cells.cend(),
                        [](const CellChange &cell) { return !cell.after.isEmpty(); });
        if (row.kind == ChangeKind::Archive && hasNew)
            refuse(ChangesText::tr("an archive has a new text"));
    }

    void readOtherEnd(RowChange &row)
    {
        const bool wanted =
            row.subject == RowSubject::Association || row.subject == RowSubject::Merge;
        const QJsonValue to = m_json.value("to"_L1);
        if (!wanted && !to.isUndefined())
            refuse(ChangesText::tr("\"to\" belongs to associations and merges"));
        if (wanted && !to.isObject())
            refuse(ChangesText::tr("\"to\" is missing"));
        if (wanted) {
            const QJsonObject end = to.toObject();
            refuseUnknown(end, {"type"_L1, "id"_L1});
            row.to =
                RecordReference {oneOf(end, "type"_L1, allObjectTypes), text(end, "id"_L1, true)};
            if (row.to->id.isEmpty())
                refuse(ChangesText::tr("\"to\" names no record"));
        }
        if (row.subject == RowSubject::Merge && row.kind != ChangeKind::Update)
            refuse(ChangesText::tr("the \"kind\" of a merge is \"update\""));
        if (row.subject == RowSubject::Merge && (row.to->type != row.type || row.to->id == row.id))
            refuse(ChangesText::tr("\"to\" of a merge is another record of the same type"));
        readAssociationTypes(row);
        if (row.subject == RowSubject::Association && m_fault.isEmpty())
            checkAssociation(row);
    }

    /// What shall stand between two records that have no link, without cells.
    void readAssociationTypes(RowChange &row)
    {
        const QJsonValue kinds = m_json.value("associationTypes"_L1);
        if (!kinds.isUndefined() && (!kinds.isArray() || row.subject != RowSubject::Association))
            return refuse(ChangesText::tr("\"associationTypes\" is a list, of an association"));
        if (row.subject != RowSubject::Association || !row.cells.isEmpty() || !row.to) {
            if (!kinds.isUndefined())
                refuse(ChangesText::tr("an association has \"associationTypes\" or \"cells\""));
            return;
        }
        AssociationEdit edit {{row.type, row.id}, *row.to, {}, {}, {}, {}};
        if (row.kind != ChangeKind::Archive)
            edit.wanted.append(unlabelledKind(row.type, row.to->type));
        const QJsonArray array = kinds.toArray();
        for (const QJsonValue &one : array) {
            const QJsonObject kind = one.toObject();
            refuseUnknown(kind, {"category"_L1, "typeId"_L1});
            const int number = kind.value("typeId"_L1).toInt();
            if (number <= 0)
                refuse(ChangesText::tr("\"typeId\" is not a number above 0"));
            edit.wanted.append({text(kind, "category"_L1, true), number, {}});
        }
        if (const auto made = associationRow(edit))
            row.cells = made->cells;
        else
            row.cells.insert(associationCell, {}); // Whatever stands goes.
    }

    void checkAssociation(RowChange &row)
    {
        if (row.type == ObjectType::Companies && row.to->type == ObjectType::Contacts)
            refuse(ChangesText::tr(
                "an association of a company and a contact is a row of the contact"));
        if (row.type == row.to->type && row.id == row.to->id)
            refuse(ChangesText::tr("a record cannot be associated with itself"));
        const CellChange link = row.cells.value(associationCell);
        if (!row.cells.contains(associationCell))
            refuse(ChangesText::tr("the cell \"%1\" is missing").arg(associationCell));
        for (const QString &text : {link.before, link.after}) {
            if (!isKindsText(text))
                refuse(ChangesText::tr("the cell \"%1\" is not a list of association types, in "
                                       "their order")
                           .arg(associationCell));
        }
        for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
            if (cell.key() != associationCell && cell.key() != primaryCell)
                refuse(
                    ChangesText::tr("an association has no cell \"%1\"").arg(cell.key().left(40)));
        }
        const ChangeKind stated = row.kind;
        updateAssociationKind(row);
        if (row.kind != stated)
            refuse(ChangesText::tr("the \"kind\" of the association does not go with its cells"));
    }

    void readTheirs(RowChange &row)
    {
        const QJsonValue theirs = m_json.value("theirs"_L1);
        if (!theirs.isObject() && !theirs.isUndefined())
            return refuse(ChangesText::tr("\"theirs\" is not an object"));
        const QJsonObject texts = theirs.toObject();
        for (auto other = texts.begin(); other != texts.end(); ++other) {
            if (!other.value().isString())
                refuse(ChangesText::tr("\"theirs\" holds something that is not a text"));
            row.theirs.insert(other.key(), other.value().toString());
        }
    }

    const QJsonObject m_json;
    QString m_fault;
};

} // namespace

QJsonObject jsonOf(const RowChange &row)
{
    QJsonObject json {{u"type"_s, nameOf(row.type)},
                      {u"kind"_s, nameOf(row.kind)},
                      {u"id"_s, row.id},
                      {u"label"_s, row.label},
                      {u"state"_s, nameOf(row.state)},
                      {u"cells"_s, jsonOf(row.cells)}};
    if (row.subject != RowSubject::Record)
        json.insert(u"subject"_s, nameOf(row.subject));
    if (row.to) {
        json.insert(u"to"_s,
                    QJsonObject {{u"type"_s, nameOf(row.to->type)}, {u"id"_s, row.to->id}});
    }
    if (!row.revertOf.isEmpty())
        json.insert(u"revertOf"_s, row.revertOf);
    if (!row.rebuilds.isEmpty())
        json.insert(u"rebuilds"_s, row.rebuilds);
    if (!row.run.isEmpty())
        json.insert(u"run"_s, row.run);
    if (row.excluded)
        json.insert(u"excluded"_s, true);
    if (!row.writtenId.isEmpty())
        json.insert(u"writtenId"_s, row.writtenId);
    if (row.basedOn.isValid())
        json.insert(u"basedOn"_s, row.basedOn.toUTC().toString(Qt::ISODateWithMs));
    if (row.error)
        json.insert(u"error"_s, errorToJson(*row.error));
    QJsonObject theirs;
    for (auto text = row.theirs.cbegin(); text != row.theirs.cend(); ++text)
        theirs.insert(text.key(), text.value());
    if (!theirs.isEmpty())
        json.insert(u"theirs"_s, theirs);
    return json;
}

tl::expected<RowChange, QString> rowFromJson(const QJsonValue &json)
{
    RowReader reader(json);
    RowChange row = reader.read();
    if (!reader.fault().isEmpty())
        return tl::unexpected(reader.fault());
    return row;
}

} // namespace hubkeeper
