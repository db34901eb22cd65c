// SPDX-License-Identifier: MIT
#include "changes/set/associationcells.h"

#include "changes/changestext.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const QRegularExpression &kindPattern()
{
    static const QRegularExpression pattern(
        u"(?:^|\\G; )([A-Z][A-Z_]*)/([1-9][0-9]{0,8})(?: ([^;]*))?(?=; |$)"_s);
    return pattern;
}

QList<AssociationKind> inOrder(QList<AssociationKind> kinds)
{
    std::stable_sort(
        kinds.begin(), kinds.end(), [](const AssociationKind &one, const AssociationKind &other) {
            return std::pair(one.category, one.typeId) < std::pair(other.category, other.typeId);
        });
    kinds.erase(std::unique(kinds.begin(), kinds.end(), &isSameKind), kinds.end());
    return kinds;
}

QList<AssociationKind> withUnlabelled(QList<AssociationKind> kinds, ObjectType from, ObjectType to)
{
    if (!kinds.isEmpty() && !hasKind(kinds, unlabelledKind(from, to)))
        kinds.append(unlabelledKind(from, to));
    return kinds;
}

} // namespace

QString kindsText(const QList<AssociationKind> &kinds)
{
    QStringList texts;
    const QList<AssociationKind> ordered = inOrder(kinds);
    for (const AssociationKind &kind : ordered) {
        QString text = u"%1/%2"_s.arg(kind.category).arg(kind.typeId);
        QString label = kind.label.simplified();
        if (!label.isEmpty())
            text += u' ' + label.replace(u';', u',');
        texts.append(text);
    }
    return texts.join(u"; "_s);
}

QList<AssociationKind> kindsOf(const QString &text)
{
    QList<AssociationKind> kinds;
    auto found = kindPattern().globalMatch(text);
    while (found.hasNext()) {
        const QRegularExpressionMatch kind = found.next();
        kinds.append({kind.captured(1), kind.captured(2).toInt(), kind.captured(3)});
    }
    return kinds;
}

bool isKindsText(const QString &text)
{
    return kindsText(kindsOf(text)) == text;
}

bool isSameKind(const AssociationKind &one, const AssociationKind &other)
{
    return one.category == other.category && one.typeId == other.typeId;
}

bool hasKind(const QList<AssociationKind> &kinds, const AssociationKind &kind)
{
    return std::any_of(kinds.cbegin(), kinds.cend(),
                       [&](const AssociationKind &one) { return isSameKind(one, kind); });
}

bool areSameKinds(const QList<AssociationKind> &one, const QList<AssociationKind> &other)
{
    return without(one, other).isEmpty() && without(other, one).isEmpty();
}

QList<AssociationKind> without(const QList<AssociationKind> &kinds,
                               const QList<AssociationKind> &gone)
{
    QList<AssociationKind> left = kinds;
    left.removeIf([&](const AssociationKind &kind) { return hasKind(gone, kind); });
    return left;
}

AssociationKind unlabelledKind(ObjectType from, ObjectType to)
{
    const int typeId = from == ObjectType::Contacts
        ? (to == ObjectType::Contacts ? contactToContact : contactToCompany)
        : (to == ObjectType::Contacts ? companyToContact : companyToCompany);
    return {u"HUBSPOT_DEFINED"_s, typeId, {}};
}

AssociationKind primaryKind()
{
    return {u"HUBSPOT_DEFINED"_s, contactToPrimaryCompany, u"Primary"_s};
}

bool isPrimary(const AssociationKind &kind)
{
    return isSameKind(kind, primaryKind());
}

QString shownKinds(const QString &text)
{
    if (text.isEmpty())
        return {};
    QStringList labels;
    const QList<AssociationKind> kinds = kindsOf(text);
    for (const AssociationKind &kind : kinds) {
        const bool isPlain = kind.label.isEmpty();
        const bool isUnlabelled = kind.category == "HUBSPOT_DEFINED"_L1
            && (kind.typeId == contactToCompany || kind.typeId == companyToContact
                || kind.typeId == contactToContact || kind.typeId == companyToCompany);
        if (!isPlain)
            labels.append(kind.label);
        else if (!isUnlabelled)
            labels.append(u"%1/%2"_s.arg(kind.category).arg(kind.typeId));
    }
    return labels.isEmpty() ? ChangesText::tr("No label") : labels.join(u", "_s);
}

std::optional<RowChange> associationRow(const AssociationEdit &edit)
{
    const ObjectType from = edit.from.type;
    const QList<AssociationKind> now = withUnlabelled(edit.now, from, edit.to.type);
    const QList<AssociationKind> wanted = withUnlabelled(edit.wanted, from, edit.to.type);
    if (areSameKinds(now, wanted))
        return {};
    RowChange row;
    row.subject = RowSubject::Association;
    row.type = from;
    row.id = edit.from.id;
    row.to = edit.to;
    row.label = edit.label;
    row.cells.insert(associationCell, {kindsText(now), kindsText(wanted)});
    const bool was = hasKind(now, primaryKind());
    const bool shallBe = hasKind(wanted, primaryKind());
    if (was != shallBe && from == ObjectType::Contacts && edit.to.type == ObjectType::Companies)
        row.cells.insert(primaryCell, {edit.primaryNow, shallBe ? edit.to.id : QString()});
    updateAssociationKind(row);
    return row;
}

void updateAssociationKind(RowChange &row)
{
    const CellChange link = row.cells.value(associationCell);
    row.kind = link.after.isEmpty() ? ChangeKind::Archive
        : link.before.isEmpty()     ? ChangeKind::Create
                                    : ChangeKind::Update;
}

QString pairText(const QString &fromId, const RecordReference &to)
{
    return fromId + u'>' + nameOf(to.type) + u'/' + to.id;
}

} // namespace hubkeeper
