// SPDX-License-Identifier: MIT
#include "session/writing/definitioninverse.h"

#include "changes/set/journalrows.h"
#include "connector/attributewrite.h"
#include "connector/objectclass.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The attributes that bring the old texts back; what cannot be set is left out.
QJsonObject oldValues(const JournalRow &row)
{
    QJsonObject attributes;
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
        if (const auto value = definitionValueFrom(cell.key(), cell->before))
            attributes.insert(cell.key(), *value);
    }
    return attributes;
}

CollectedWrite::Verb inverseVerb(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Create:
        return CollectedWrite::Delete;
    case ChangeKind::Update:
        return CollectedWrite::Update;
    case ChangeKind::Archive:
        return CollectedWrite::Create;
    }
    Q_UNREACHABLE();
}

QString reasonAgainst(const JournalRow &row, const CollectedWrite &write)
{
    if (!row.isApplied())
        return SessionText::tr("Its outcome is unknown. Look at the property in HubSpot.");
    if (write.verb == CollectedWrite::Create && !write.attributes.contains("name"_L1))
        return SessionText::tr(
            "The journal does not hold the definition it had. Make it anew in HubSpot; the "
            "same name brings it back.");
    if (write.verb == CollectedWrite::Update && write.attributes.isEmpty())
        return SessionText::tr("HubSpot lets no caller set what was there before.");
    return {};
}

DefinitionInverse inverseOf(const JournalRow &row)
{
    DefinitionInverse inverse;
    inverse.label = row.label;
    inverse.write.verb = inverseVerb(row.kind);
    inverse.write.objectClass =
        nameOf(typeOf(row) == ObjectType::Companies ? ObjectClass::CompanyProperties
                                                    : ObjectClass::ContactProperties);
    if (inverse.write.verb != CollectedWrite::Create)
        inverse.write.uid = row.recordId;
    if (inverse.write.verb != CollectedWrite::Delete)
        inverse.write.attributes = oldValues(row);
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell)
        inverse.cells.insert(cell.key(), {cell->after, cell->before});
    inverse.impossible = reasonAgainst(row, inverse.write);
    return inverse;
}

} // namespace

QList<DefinitionInverse> inverseDefinitions(const QList<JournalRow> &rows)
{
    QList<DefinitionInverse> inverses;
    for (auto row = rows.crbegin(); row != rows.crend(); ++row) {
        if (row->isDefinition() && !row->wroteNothing())
            inverses.append(inverseOf(*row));
    }
    return inverses;
}

} // namespace hubkeeper
