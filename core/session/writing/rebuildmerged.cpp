// SPDX-License-Identifier: MIT
#include "session/writing/rebuildmerged.h"

#include "changes/run/associationplan.h"
#include "changes/run/mergeplan.h"
#include "changes/set/journalrows.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Makes the rows of one rebuild.
class RebuildRows
{
public:
    RebuildRows(const MergeToRebuild &merge, const QList<PropertyDefinition> &definitions)
        : m_merge(merge)
        , m_definitions(definitions)
        , m_type(typeOf(merge.row))
        , m_survivor(merge.row.recordId)
        , m_newId(merge.rebuiltId.isEmpty() ? u"new-%1"_s.arg(merge.localNumber) : merge.rebuiltId)
        , m_primary(imageFrom(merge.row.details["primary"_L1].toObject()))
        , m_merged(imageFrom(merge.row.details["merged"_L1].toObject()))
        , m_label(labelOf(m_type, m_merged.record.properties, m_merged.record.id))
    {
    }

    [[nodiscard]] RebuiltMerge rows()
    {
        if (m_merged.record.id.isEmpty()) {
            m_rebuilt.left.append(
                {m_merge.row.label,
                 SessionText::tr("This run has no images of the two records. The run that sent the "
                                 "merge has them: take that one back.")});
            return std::move(m_rebuilt);
        }
        giveBackValues();
        if (m_merge.rebuiltId.isEmpty())
            makeRecord();
        for (const ImageLink &link : std::as_const(m_merged.links))
            giveBackLink(link);
        if (!m_rebuilt.rows.empty())
            sayWhatStays();
        return std::move(m_rebuilt);
    }

private:
    [[nodiscard]] bool canBeSet(const QString &name) const
    {
        return std::any_of(m_definitions.cbegin(), m_definitions.cend(),
                           [&](const PropertyDefinition &property) {
                               return property.name == name && isMergeable(m_type, property);
                           });
    }

    /// By an earlier run, or by whoever it was.
    [[nodiscard]] bool isBack(const QString &property, const QString &text) const
    {
        if (m_merge.done.isEmpty())
            return false;
        const auto wroteIt = [&](const JournalRow &row) {
            const auto cell = row.cells.constFind(property);
            return row.isRecord() && row.kind == ChangeKind::Update && row.recordId == m_survivor
                && row.isApplied() && row.message.isEmpty() && cell != row.cells.cend()
                && cell->after == text;
        };
        return m_merge.textsNow.value(property) == text
            || std::any_of(m_merge.done.cbegin(), m_merge.done.cend(), wroteIt);
    }

    /// An earlier run has changed the link between the two as it should be.
    [[nodiscard]] bool isLinkBack(const RecordReference &from, const RecordReference &to) const
    {
        return std::any_of(m_merge.done.cbegin(), m_merge.done.cend(), [&](const JournalRow &row) {
            return row.isAssociation() && row.isApplied() && row.message.isEmpty()
                && row.type == nameOf(from.type) && row.recordId == from.id
                && row.toType == nameOf(to.type) && row.toId == to.id;
        });
    }

    void giveBackValues()
    {
        RowChange row;
        row.type = m_type;
        row.id = m_survivor;
        row.label = m_merge.row.label;
        const CellChanges &cells = m_merge.row.cells;
        for (auto cell = cells.cbegin(); cell != cells.cend(); ++cell) {
            if (canBeSet(cell.key()) && !isBack(cell.key(), cell->before))
                row.cells.insert(cell.key(), {cell->after, cell->before});
        }
        if (!row.cells.isEmpty())
            m_rebuilt.rows.push_back(std::move(row));
    }

    void makeRecord()
    {
        RowChange row;
        row.type = m_type;
        row.kind = ChangeKind::Create;
        row.id = m_newId;
        row.label = m_label;
        row.rebuilds = m_merged.record.id;
        const auto &texts = m_merged.record.properties;
        for (auto text = texts.cbegin(); text != texts.cend(); ++text) {
            if (canBeSet(text.key()))
                row.cells.insert(text.key(), {{}, text.value()});
            else
                m_rebuilt.skipped.append(text.key());
        }
        m_rebuilt.skipped.sort();
        m_rebuilt.rows.push_back(std::move(row));
    }

    /// Links of a contact and a company are rows of the contact.
    [[nodiscard]] bool isFromOther(const ImageLink &link) const
    {
        return m_type == ObjectType::Companies && link.type == ObjectType::Contacts;
    }

    [[nodiscard]] static QList<AssociationKind> kindsIn(const QList<ImageLink> &links,
                                                        const ImageLink &link)
    {
        for (const ImageLink &one : links) {
            if (one.type == link.type && one.id == link.id)
                return one.kinds;
        }
        return {};
    }

    void add(const ImageLink &link, const QString &id, const QList<AssociationKind> &now,
             const QList<AssociationKind> &wanted, const QString &primaryNow)
    {
        const RecordReference own {m_type, id};
        const RecordReference other {link.type, link.id};
        AssociationEdit edit;
        edit.from = isFromOther(link) ? other : own;
        edit.to = isFromOther(link) ? own : other;
        if (isLinkBack(edit.from, edit.to))
            return;
        edit.label = u"%1 - %2"_s.arg(m_label, link.id);
        edit.now = now;
        edit.wanted = wanted;
        edit.primaryNow = primaryNow;
        if (auto row = associationRow(edit))
            m_rebuilt.rows.push_back(*std::move(row));
    }

    void giveBackLink(const ImageLink &link)
    {
        if (link.type == m_type && (link.id == m_survivor || link.id == m_primary.record.id))
            return; // The two were linked with each other.
        const QList<AssociationKind> before = kindsIn(m_primary.links, link);
        const QList<AssociationKind> now = kindsIn(m_merge.linksNow, link);
        const bool isOther = isFromOther(link);
        const QString primary = m_merge.primaries.value(isOther ? link.id : m_survivor);
        // The primary company of a contact follows the link to the record that is made.
        const bool takesPrimary =
            isOther && primary == m_survivor && hasKind(link.kinds, primaryKind());
        if (!areSameKinds(now, before) && !now.isEmpty())
            add(link, m_survivor, now, takesPrimary ? without(before, {primaryKind()}) : before,
                takesPrimary ? QString() : primary);
        // Labels that it got since stay.
        const QList<AssociationKind> there = kindsIn(m_merge.rebuiltLinks, link);
        add(link, m_newId, there, without(there, link.kinds) + link.kinds,
            isOther ? primary : m_merge.primaries.value(m_newId));
    }

    void sayWhatStays()
    {
        const auto leave = [this](const QString &reason) {
            m_rebuilt.lost.append({m_label, reason});
        };
        leave(SessionText::tr("Its old ID %1 goes on leading to %2. The record made again has a "
                              "new one.")
                  .arg(m_merged.record.id, m_survivor));
        leave(SessionText::tr("Calls, e-mails, notes, meetings, tasks, deals, tickets, forms and "
                              "lists stay with %1.")
                  .arg(m_survivor));
        leave(SessionText::tr("The history of its values stays with %1.").arg(m_survivor));
        if (m_survivor != m_primary.record.id)
            leave(SessionText::tr("The first record keeps its new ID %1; %2 leads there.")
                      .arg(m_survivor, m_primary.record.id));
    }

    const MergeToRebuild &m_merge;
    const QList<PropertyDefinition> &m_definitions;
    const ObjectType m_type;
    const QString m_survivor;
    const QString m_newId;
    const RecordImage m_primary;
    const RecordImage m_merged;
    const QString m_label;
    RebuiltMerge m_rebuilt;
};

/// Reads what a rebuild depends on.
class RebuildMerged final : public Call<RebuiltMerge>
{
public:
    RebuildMerged(Session &session, const JournalRow &row, qint64 localNumber,
                  const QList<TakingRow> &taking, QObject *parent)
        : Call(parent)
        , m_session(session)
    {
        m_merge.row = row;
        m_merge.localNumber = localNumber;
        if (!row.details.isEmpty() && !takeOver(taking))
            return;
        then(m_session.definitions(typeOf(row), false, this),
             [this](const QList<PropertyDefinition> &definitions) {
                 m_definitions = definitions;
                 if (m_merge.row.details.isEmpty())
                     return complete(rebuildRows(m_merge, m_definitions));
                 findSurvivor();
             });
    }

private:
    void leave(const QString &why)
    {
        RebuiltMerge rebuilt;
        rebuilt.left.append({m_merge.row.label, why});
        complete(std::move(rebuilt));
    }

    /// What earlier runs have done; false: it is over.
    [[nodiscard]] bool takeOver(const QList<TakingRow> &taking)
    {
        QString unknown;
        for (const TakingRow &one : taking) {
            m_merge.done.append(one.row);
            if (one.row.rebuilds != m_merge.row.toId)
                continue;
            if (one.row.isApplied())
                m_merge.rebuiltId = one.row.recordId;
            else if (!one.row.wroteNothing())
                unknown = one.run;
        }
        if (!m_merge.rebuiltId.isEmpty() || unknown.isEmpty())
            return true;
        leave(SessionText::tr("Nobody knows whether run %1 made the second record again. "
                              "`hubkeeper-cli journal resolve` asks the portal.")
                  .arg(unknown));
        return false;
    }

    /// What remained may have been merged on.
    void findSurvivor()
    {
        QStringList names {u"hs_object_id"_s};
        if (!m_merge.done.isEmpty())
            names += m_merge.row.cells.keys();
        then(m_session.portal().read(typeOf(m_merge.row), m_merge.row.recordId,
                                     {names, {}, {}, false}, this),
             [this](const Record &survivor) {
                 m_merge.row.recordId = survivor.id;
                 m_merge.textsNow = survivor.properties;
                 if (m_merge.rebuiltId.isEmpty())
                     readLinks();
                 else
                     findRebuilt();
             });
    }

    /// Whoever archived or merged what was made again did not want it.
    void findRebuilt()
    {
        const QString id = m_merge.rebuiltId;
        always(m_session.portal().read(typeOf(m_merge.row), id,
                                       {{u"hs_object_id"_s}, {}, {}, false}, this),
               [this, id](const Result<Record> &rebuilt) {
                   if (!rebuilt && rebuilt.error().kind != ErrorKind::NotFound)
                       return complete(tl::unexpected(rebuilt.error()));
                   if (!rebuilt)
                       return leave(SessionText::tr("The second record was made again as %1, which "
                                                    "is no longer in the portal.")
                                        .arg(id));
                   if (rebuilt->id != id)
                       return leave(mergedAway(id, rebuilt->id).what);
                   readRebuiltLinks();
               });
    }

    void readRebuiltLinks()
    {
        const ObjectType type = typeOf(m_merge.row);
        then(new ReadImageLinks(m_session.portal(), type, m_merge.rebuiltId, this),
             [this, type](const QList<ImageLink> &links) {
                 m_merge.rebuiltLinks = links;
                 if (type == ObjectType::Contacts)
                     notePrimary(m_merge.rebuiltId, links);
                 readLinks();
             });
    }

    /// Of a contact.
    void notePrimary(const QString &id, const QList<ImageLink> &links)
    {
        for (const ImageLink &link : links) {
            if (link.type == ObjectType::Companies && hasKind(link.kinds, primaryKind()))
                m_merge.primaries.insert(id, link.id);
        }
    }

    void readLinks()
    {
        const ObjectType type = typeOf(m_merge.row);
        then(new ReadImageLinks(m_session.portal(), type, m_merge.row.recordId, this),
             [this, type](const QList<ImageLink> &links) {
                 m_merge.linksNow = links;
                 if (type == ObjectType::Companies) {
                     for (const ImageLink &link : links + m_merge.rebuiltLinks) {
                         if (link.type == ObjectType::Contacts)
                             m_contacts.append(link.id);
                     }
                     m_contacts.removeDuplicates();
                     return readPrimaries();
                 }
                 notePrimary(m_merge.row.recordId, links);
                 complete(rebuildRows(m_merge, m_definitions));
             });
    }

    void readPrimaries()
    {
        const QStringList some = m_contacts.mid(0, mostAssociationReads);
        m_contacts = m_contacts.mid(some.size());
        if (some.isEmpty())
            return complete(rebuildRows(m_merge, m_definitions));
        then(new BatchAssociations(m_session.portal(), ObjectType::Contacts, some,
                                   ObjectType::Companies, this),
             [this](const AssociationsById &found) {
                 for (auto contact = found.cbegin(); contact != found.cend(); ++contact)
                     m_merge.primaries.insert(contact.key(), linkNow(*contact, {}).primary);
                 readPrimaries();
             });
    }

    Session &m_session;
    MergeToRebuild m_merge;
    QList<PropertyDefinition> m_definitions;
    QStringList m_contacts;
};

} // namespace

RebuiltMerge rebuildRows(const MergeToRebuild &merge, const QList<PropertyDefinition> &definitions)
{
    return RebuildRows(merge, definitions).rows();
}

Call<RebuiltMerge> *rebuildMerged(Session &session, const JournalRow &row, qint64 localNumber,
                                  const QList<TakingRow> &taking, QObject *parent)
{
    return new RebuildMerged(session, row, localNumber, taking, parent);
}

} // namespace hubkeeper
