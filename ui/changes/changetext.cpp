// SPDX-License-Identifier: MIT
#include "changes/changetext.h"

#include "changes/set/associationcells.h"
#include "records/values/portalnames.h"
#include "widgets/icons.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostCellsListed = 4;

struct ChangeWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::ChangeText)
};

QString iconFor(RowState state)
{
    switch (state) {
    case RowState::Staged:
        return u"edit-rename"_s;
    case RowState::Sending:
        return u"step-waiting"_s;
    case RowState::Applied:
        return u"dialog-ok"_s;
    case RowState::Failed:
        return u"dialog-error"_s;
    case RowState::Conflicting:
        return u"merge"_s;
    case RowState::Unknown:
        return u"dialog-warning"_s;
    case RowState::Skipped:
        return u"step-skipped"_s;
    }
    Q_UNREACHABLE();
}

QString whatAssociation(const RowChange &row, const QString &name)
{
    switch (row.kind) {
    case ChangeKind::Create:
        //: Two records that shall belong together: "Associate: ada@example.com - Acme".
        return ChangeWords::tr("Associate: %1").arg(name);
    case ChangeKind::Archive:
        return ChangeWords::tr("Remove association: %1").arg(name);
    case ChangeKind::Update:
        return ChangeWords::tr("Association: %1").arg(name);
    }
    Q_UNREACHABLE();
}

QString recordVerb(const ChangeVerb &verb)
{
    const bool areContacts = verb.type == ObjectType::Contacts;
    switch (verb.kind) {
    case ChangeKind::Update:
        return areContacts ? ChangeWords::tr("Change contacts")
                           : ChangeWords::tr("Change companies");
    case ChangeKind::Create:
        return areContacts ? ChangeWords::tr("New contacts") : ChangeWords::tr("New companies");
    case ChangeKind::Archive:
        return areContacts ? ChangeWords::tr("Archive contacts")
                           : ChangeWords::tr("Archive companies");
    }
    Q_UNREACHABLE();
}

} // namespace

QString stateText(RowState state)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("hubkeeper::ChangeText", source);
    };
    switch (state) {
    case RowState::Staged:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangeText", "Staged"));
    case RowState::Sending:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangeText", "Sending"));
    case RowState::Applied:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangeText", "Applied"));
    case RowState::Failed:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangeText", "Failed"));
    case RowState::Conflicting:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangeText", "Conflict"));
    case RowState::Unknown:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangeText", "Unknown"));
    case RowState::Skipped:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangeText", "Not sent"));
    }
    Q_UNREACHABLE();
}

ChangeText::ChangeText(const PortalNames &names)
    : m_names(names)
{
}

QString ChangeText::what(const RowChange &row) const
{
    const QString name = m_names.masking().name(row.label);
    switch (row.subject) {
    case RowSubject::Record:
        break;
    case RowSubject::Definition:
        return ChangeWords::tr("Property: %1").arg(row.label);
    case RowSubject::Association:
        return whatAssociation(row, name);
    case RowSubject::Merge:
        return ChangeWords::tr("Merge: %1").arg(name);
    }
    switch (row.kind) {
    case ChangeKind::Create:
        return row.type == ObjectType::Contacts ? ChangeWords::tr("New contact: %1").arg(name)
                                                : ChangeWords::tr("New company: %1").arg(name);
    case ChangeKind::Archive:
        //: A record's name and its id. The name may come from a file, the id is what is archived.
        return ChangeWords::tr("Archive: %1 (%2)").arg(name, row.id);
    case ChangeKind::Update:
        return name;
    }
    Q_UNREACHABLE();
}

/// HubSpot likes to repeat what it refuses.
QString ChangeText::failure(const RowChange &row) const
{
    if (row.state == RowState::Sending)
        return {};
    if (!row.error)
        return row.state == RowState::Skipped
            ? ChangeWords::tr("The run stopped before the record was sent. Apply again to send it.")
            : QString();
    QStringList known {row.label};
    for (const CellChange &cell : row.cells)
        known << cell.before << cell.after;
    known += row.theirs.values();
    return m_names.masking().text(row.error->sentence(), known);
}

QString ChangeText::shown(const RowChange &row, const QString &property, const QString &text) const
{
    if (row.subject == RowSubject::Association)
        return shownText(property == associationCell ? shownKinds(text) : text);
    const PropertyNames &names = m_names.of(row.type);
    const bool isOfRecord = row.subject != RowSubject::Definition && names.definition(property);
    return shownText(isOfRecord ? names.shown(property, text) : stored(row, property, text));
}

QString ChangeText::stored(const RowChange &row, const QString &property, const QString &text) const
{
    return row.subject == RowSubject::Association // Labels and ids are nobody's.
        ? text
        : m_names.masking().value(row.type, property, text);
}

QString ChangeText::label(const RowChange &row, const QString &property) const
{
    if (row.subject == RowSubject::Association)
        return property == associationCell ? ChangeWords::tr("Labels")
                                           : ChangeWords::tr("Primary company");
    return row.subject == RowSubject::Definition ? property : m_names.of(row.type).label(property);
}

QString ChangeText::cellsListed(const RowChange &row, QString CellChange::*side) const
{
    QStringList cells;
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
        if (cells.size() == mostCellsListed)
            return cells.join(u"; "_s) + u"; …"_s;
        if (row.cells.size() == 1 && side == &CellChange::after && row.kind == ChangeKind::Update)
            return shown(row, cell.key(), cell->after); // The old one names the property.
        //: A property and its value.
        cells.append(ChangeWords::tr("%1: %2").arg(label(row, cell.key()),
                                                   shown(row, cell.key(), (*cell).*side)));
    }
    return cells.join(u"; "_s);
}

QIcon ChangeText::icon(const RowChange &row) const
{
    return hubkeeper::icon(row.excluded ? u"list-remove"_s : iconFor(row.state));
}

QString ChangeText::state(const RowChange &row) const
{
    const QString why = failure(row);
    const bool isEdited = row.state == RowState::Staged && !why.isEmpty();
    //: The change stays and is not sent: somebody took the tick away.
    const QString state = row.excluded ? ChangeWords::tr("Left out")
        : isEdited                     ? ChangeWords::tr("Edited, was refused before")
                                       : stateText(row.state);
    //: The state of a record's changes and the reason: "Failed: the option does not exist".
    return why.isEmpty() ? state : ChangeWords::tr("%1: %2").arg(state, why);
}

QString ChangeText::verb(const ChangeVerb &verb) const
{
    switch (verb.subject) {
    case RowSubject::Record:
        return recordVerb(verb);
    case RowSubject::Definition:
        return ChangeWords::tr("Properties");
    case RowSubject::Association:
        return verb.kind == ChangeKind::Create ? ChangeWords::tr("New associations")
            : verb.kind == ChangeKind::Archive ? ChangeWords::tr("Remove associations")
                                               : ChangeWords::tr("Change associations");
    case RowSubject::Merge:
        return ChangeWords::tr("Merge records");
    }
    Q_UNREACHABLE();
}

QString ChangeText::pattern(const ChangeVerb &verb, const QString &property,
                            const CellPattern &pattern) const
{
    RowChange row;
    row.type = verb.type;
    row.subject = verb.subject;
    const auto value = [&](const QString &text) { return shown(row, property, text); };
    switch (pattern.shape) {
    case PatternShape::Exact:
        //: An old value and the new one.
        return ChangeWords::tr("%1 → %2").arg(value(pattern.before), value(pattern.after));
    case PatternShape::Filled:
        return ChangeWords::tr("%1 → other values").arg(value({}));
    case PatternShape::Emptied:
        return ChangeWords::tr("Other values → %1").arg(value({}));
    case PatternShape::CaseOnly:
        return ChangeWords::tr("Only upper and lower case");
    case PatternShape::BlanksOnly:
        return ChangeWords::tr("Only white space");
    case PatternShape::DigitsKept:
        return ChangeWords::tr("The same digits, written otherwise");
    case PatternShape::Replaced:
        return ChangeWords::tr("Other values");
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper
