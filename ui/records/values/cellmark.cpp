// SPDX-License-Identifier: MIT
#include "records/values/cellmark.h"

#include "changes/run/mergeplan.h"

#include <QCoreApplication>

namespace hubkeeper {

namespace {

struct MarkTexts
{
    Q_DECLARE_TR_FUNCTIONS(CellMark)
};

/// Why what is staged of a row cannot be a value.
QString faultIn(const RowChange &row, const CellChange &cell, const QString &property,
                const PropertyNames &names)
{
    const PropertyDefinition *definition = names.definition(property);
    if (!definition || isAddressesOfRevert(row, property))
        return {};
    return refusalOf(*definition, cell.after);
}

std::optional<CellMark> markOfState(RowState state)
{
    switch (state) {
    case RowState::Failed:
        return CellMark::Bad;
    case RowState::Conflicting:
        return CellMark::Conflict;
    case RowState::Unknown:
        return CellMark::Unknown;
    default:
        return std::nullopt;
    }
}

QString reasonOf(const RowChange &row, const PropertyNames &names)
{
    if (!row.error)
        return {};
    QStringList known {row.label};
    for (const CellChange &cell : row.cells)
        known << cell.before << cell.after;
    return names.masking().text(row.error->sentence(), known);
}

QString stagedText(const CellChange &cell, const QString &property, const PropertyNames &names)
{
    if (cell.before.isEmpty())
        return MarkTexts::tr("Staged. HubSpot has no value here.");
    const QString before = names.stored(property, cell.before);
    return cell.after.isEmpty() ? MarkTexts::tr("Staged to be empty. HubSpot has: %1").arg(before)
                                : MarkTexts::tr("Staged. HubSpot has: %1").arg(before);
}

} // namespace

std::optional<CellChange> stagedCell(const RowChange &row, const QString &property)
{
    if (row.kind == ChangeKind::Archive || (row.state == RowState::Applied && !row.isUnproven()))
        return std::nullopt;
    const auto cell = row.cells.constFind(property);
    return cell == row.cells.cend() ? std::nullopt : std::optional(*cell);
}

CellMark markOf(const RowChange &row, const QString &property, const PropertyNames &names)
{
    const auto ofState = markOfState(row.state);
    if (row.kind == ChangeKind::Archive) {
        if (row.state == RowState::Applied)
            return CellMark::None; // The record set says that it is gone.
        return property.isEmpty() && ofState ? *ofState : CellMark::Archiving;
    }
    if (property.isEmpty())
        return ofState.value_or(CellMark::None);
    const auto cell = stagedCell(row, property);
    if (!cell)
        return CellMark::None;
    if (ofState)
        return *ofState;
    if (!faultIn(row, *cell, property, names).isEmpty())
        return CellMark::Bad;
    return cell->after.isEmpty() ? CellMark::Cleared : CellMark::Staged;
}

QString markText(const RowChange &row, const QString &property, const PropertyNames &names)
{
    const auto cell = stagedCell(row, property);
    switch (markOf(row, property, names)) {
    case CellMark::None:
    case CellMark::Archived:
        return {};
    case CellMark::Archiving:
        return MarkTexts::tr("Staged to be archived.");
    case CellMark::Conflict:
        return MarkTexts::tr("Somebody else changed it meanwhile; see Changes.");
    case CellMark::Unknown:
        return MarkTexts::tr("It may have been sent: %1").arg(reasonOf(row, names));
    case CellMark::Bad: {
        const QString fault = cell ? faultIn(row, *cell, property, names) : QString();
        if (!fault.isEmpty())
            return MarkTexts::tr("It would be refused: %1").arg(fault);
        return MarkTexts::tr("It was not written: %1").arg(reasonOf(row, names));
    }
    case CellMark::Cleared:
    case CellMark::Staged:
        return stagedText(*cell, property, names);
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper
