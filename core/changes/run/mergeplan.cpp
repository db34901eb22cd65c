// SPDX-License-Identifier: MIT
#include "changes/run/mergeplan.h"

#include "changes/set/changeset.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString additionalNamesProperty(ObjectType type)
{
    return type == ObjectType::Contacts ? u"hs_additional_emails"_s : u"hs_additional_domains"_s;
}

QString nameProperty(ObjectType type)
{
    return type == ObjectType::Contacts ? u"email"_s : u"domain"_s;
}

bool isMergeable(ObjectType type, const PropertyDefinition &property)
{
    if (property.name == additionalNamesProperty(type))
        return true;
    return !property.readOnlyValue && !property.calculated
        && property.name != "associatedcompanyid"_L1;
}

bool isAddressesOfRevert(const RowChange &row, const QString &property)
{
    return row.type == ObjectType::Contacts && property == additionalNamesProperty(row.type)
        && !row.revertOf.isEmpty() && row.kind != ChangeKind::Archive;
}

std::map<QString, QString> survivingTexts(ObjectType type, const Record &primary,
                                          const Record &merged,
                                          const DefinitionsByName &definitions)
{
    std::map<QString, QString> texts;
    const QString additional = additionalNamesProperty(type);
    for (const PropertyDefinition &property : definitions) {
        if (!isMergeable(type, property) || property.name == additional)
            continue;
        const QString own = primary.text(property.name);
        const QString &text = own.isEmpty() ? merged.text(property.name) : own;
        if (!text.isEmpty())
            texts.emplace(property.name, text);
    }
    const QString name = nameProperty(type);
    QStringList more = primary.text(additional).split(u';', Qt::SkipEmptyParts);
    more += merged.text(name);
    more += merged.text(additional).split(u';', Qt::SkipEmptyParts);
    more.removeDuplicates();
    more.removeAll(QString());
    if (const auto kept = texts.find(name); kept != texts.end())
        more.removeAll(kept->second);
    if (!more.isEmpty())
        texts.emplace(additional, more.join(u';'));
    return texts;
}

CellChanges mergeCells(ObjectType type, const Record &primary,
                       const std::map<QString, QString> &after,
                       const DefinitionsByName &definitions)
{
    CellChanges cells;
    for (const PropertyDefinition &property : definitions) {
        if (!isMergeable(type, property))
            continue;
        const QString before = primary.text(property.name);
        const auto now = after.find(property.name);
        const QString then = now == after.end() ? QString() : now->second;
        if (!sameValue(property, before, then))
            cells.insert(property.name, {before, then});
    }
    return cells;
}

CellChanges choiceCells(const std::map<QString, QString> &surviving,
                        const QHash<QString, QString> &wanted)
{
    CellChanges cells;
    for (auto text = wanted.cbegin(); text != wanted.cend(); ++text) {
        const auto kept = surviving.find(text.key());
        const QString before = kept == surviving.end() ? QString() : kept->second;
        if (before != text.value())
            cells.insert(text.key(), {before, text.value()});
    }
    return cells;
}

RowChange mergeRow(ObjectType type, const Record &primary, const Record &merged,
                   const QString &label, const CellChanges &choice)
{
    RowChange row;
    row.subject = RowSubject::Merge;
    row.type = type;
    row.id = primary.id;
    row.to = RecordReference {type, merged.id};
    row.label = label;
    row.basedOn = merged.updatedAt;
    row.cells = choice;
    return row;
}

QJsonObject imagesJson(const RecordImage &primary, const RecordImage &merged)
{
    return {{u"primary"_s, jsonOf(primary)}, {u"merged"_s, jsonOf(merged)}};
}

QHash<QString, QString> survivorsOf(const ChangeSet &changes)
{
    std::vector<qint64> merges;
    changes.index().forEach([&merges](const RowIndex::Slot &slot) {
        if (slot.subject == RowSubject::Merge && slot.state == RowState::Applied)
            merges.push_back(slot.sequence);
        return true;
    });
    QHash<QString, QString> survivors;
    for (const RowChange &row : changes.rowsOf(merges)) {
        if (!row.writtenId.isEmpty() && row.writtenId != row.id)
            survivors.insert(survivorOf(row.id, survivors), row.writtenId);
    }
    return survivors;
}

QString survivorOf(QString id, const QHash<QString, QString> &survivors)
{
    for (qsizetype steps = survivors.size(); steps > 0 && survivors.contains(id); --steps)
        id = survivors.value(id);
    return id;
}

} // namespace hubkeeper
