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
        , m_newId(u"new-%1"_s.arg(merge.localNumber))
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
        makeRecord();
        for (const ImageLink &link : std::as_const(m_merged.links))
            giveBackLink(link);
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

    void giveBackValues()
    {
        RowChange row;
        row.type = m_type;
        row.id = m_survivor;
        row.label = m_merge.row.label;
        const CellChanges &cells = m_merge.row.cells;
        for (auto cell = cells.cbegin(); cell != cells.cend(); ++cell) {
            if (canBeSet(cell.key()))
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
        add(link, m_newId, {}, link.kinds, isOther ? primary : QString());
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
    RebuildMerged(Session &session, const JournalRow &row, qint64 localNumber, QObject *parent)
        : Call(parent)
        , m_session(session)
    {
        m_merge.row = row;
        m_merge.localNumber = localNumber;
        then(m_session.definitions(typeOf(row), false, this),
             [this](const QList<PropertyDefinition> &definitions) {
                 m_definitions = definitions;
                 if (m_merge.row.details.isEmpty())
                     return complete(rebuildRows(m_merge, m_definitions));
                 findSurvivor();
             });
    }

private:
    /// What remained may have been merged on.
    void findSurvivor()
    {
        then(m_session.portal().read(typeOf(m_merge.row), m_merge.row.recordId,
                                     {{u"hs_object_id"_s}, {}, {}, false}, this),
             [this](const Record &survivor) {
                 m_merge.row.recordId = survivor.id;
                 readLinks();
             });
    }

    void readLinks()
    {
        const ObjectType type = typeOf(m_merge.row);
        then(new ReadImageLinks(m_session.portal(), type, m_merge.row.recordId, this),
             [this, type](const QList<ImageLink> &links) {
                 m_merge.linksNow = links;
                 if (type == ObjectType::Companies) {
                     for (const ImageLink &link : links) {
                         if (link.type == ObjectType::Contacts)
                             m_contacts.append(link.id);
                     }
                     return readPrimaries();
                 }
                 for (const ImageLink &link : links) {
                     if (link.type == ObjectType::Companies && hasKind(link.kinds, primaryKind()))
                         m_merge.primaries.insert(m_merge.row.recordId, link.id);
                 }
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
                                  QObject *parent)
{
    return new RebuildMerged(session, row, localNumber, parent);
}

} // namespace hubkeeper
