// SPDX-License-Identifier: MIT
#include "changes/run/associationplan.h"

#include "changes/changestext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QList<AssociationKind> wantedKinds(const RowChange &row)
{
    return kindsOf(row.cells.value(associationCell).after);
}

/// The kinds a link gets beside those that are wanted do not matter: the portal's own primary, and
/// labels where none was asked for.
bool isAsWanted(const RowChange &row, const LinkNow &now)
{
    const QList<AssociationKind> wanted = wantedKinds(row);
    const auto primary = row.cells.constFind(primaryCell);
    if (primary != row.cells.cend() && !primary->after.isEmpty() && now.primary != primary->after)
        return false;
    if (areSameKinds(now.kinds, wanted))
        return true;
    const bool isNew = row.cells.value(associationCell).before.isEmpty();
    return isNew && !wanted.isEmpty() && without(wanted, now.kinds).isEmpty();
}

} // namespace

LinkNow linkNow(const QList<Association> &all, const QString &toId)
{
    LinkNow now;
    for (const Association &one : all) {
        if (one.toId == toId)
            now.kinds = one.kinds;
        if (hasKind(one.kinds, primaryKind()))
            now.primary = one.toId;
    }
    return now;
}

Comparison comparedLink(const RowChange &row, const LinkNow &now, bool isMoved)
{
    Comparison result;
    if (isAsWanted(row, now)) {
        result.standing = Comparison::Done;
        return result;
    }
    const auto relevant = [isMoved](const QList<AssociationKind> &kinds) {
        return isMoved ? without(kinds, {primaryKind()}) : kinds;
    };
    const CellChange link = row.cells.value(associationCell);
    const bool isUnseen = link.before.isEmpty() && link.after.isEmpty(); // Whatever stands goes.
    if (!isUnseen && !areSameKinds(relevant(now.kinds), relevant(kindsOf(link.before))))
        result.standing = Comparison::Conflict;
    const auto primary = row.cells.constFind(primaryCell);
    const bool setsPrimary = primary != row.cells.cend() && !primary->after.isEmpty();
    if (setsPrimary && !isMoved && !now.primary.isEmpty() && now.primary != primary->before)
        result.standing = Comparison::Conflict;
    if (result.standing == Comparison::Conflict) {
        result.theirs.insert(associationCell, kindsText(now.kinds));
        if (primary != row.cells.cend())
            result.theirs.insert(primaryCell, now.primary);
    }
    return result;
}

RowChange journaledLink(const RowChange &row, const LinkNow &now, bool isDone)
{
    RowChange noted = row;
    CellChange &link = noted.cells[associationCell];
    const auto primary = noted.cells.find(primaryCell);
    if (isDone && row.state != RowState::Unknown)
        link = {kindsText(now.kinds), kindsText(now.kinds)};
    else if (!isDone)
        link.before = kindsText(now.kinds);
    if (primary != noted.cells.end() && isDone && row.state != RowState::Unknown)
        noted.cells.erase(primary);
    else if (primary != noted.cells.end() && !isDone)
        primary->before = now.primary;
    return noted;
}

QList<AssociationKind> kindsToAdd(const RowChange &row)
{
    const CellChange link = row.cells.value(associationCell);
    const QList<AssociationKind> added = without(kindsOf(link.after), kindsOf(link.before));
    if (added.isEmpty())
        return {};
    // All that shall stand: right whether the portal adds kinds or replaces them.
    const QList<AssociationKind> wanted = kindsOf(link.after);
    const QList<AssociationKind> labelled =
        without(wanted, {unlabelledKind(row.type, row.to->type)});
    return labelled.isEmpty() ? wanted : labelled;
}

QList<AssociationKind> kindsToTakeOff(const RowChange &row)
{
    const CellChange link = row.cells.value(associationCell);
    if (link.after.isEmpty())
        return {};
    QList<AssociationKind> gone = without(kindsOf(link.before), kindsOf(link.after));
    if (!companyToPromote(row).isEmpty()) // The other company takes it.
        gone = without(gone, {primaryKind()});
    return gone;
}

QString companyToPromote(const RowChange &row)
{
    const QString company = row.cells.value(primaryCell).after;
    return row.to && company != row.to->id ? company : QString();
}

Outcome linkOutcomeOf(const RowChange &row, const std::optional<Error> &doubt,
                      const Result<LinkNow> &now)
{
    if (!now)
        return outcomeOfUnread(doubt, now.error());
    if (isAsWanted(row, *now)) {
        Outcome outcome;
        outcome.isOtherText = !areSameKinds(now->kinds, wantedKinds(row));
        return outcome;
    }
    if (areSameKinds(now->kinds, kindsOf(row.cells.value(associationCell).before)))
        return {RowState::Failed,
                notWritten(doubt, ChangesText::tr("the association is as it was before"))};
    Error note = fail(ErrorKind::BadReply,
                      ChangesText::tr("The association has other labels than those sent."))
                     .value();
    if (doubt) {
        note = *doubt;
        note.what += ChangesText::tr(" It was carried out in part.");
    }
    return {RowState::Applied, note, true};
}

} // namespace hubkeeper
