// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "session/reading/linkedrecords.h"

#include <QAbstractTableModel>

namespace hubkeeper {

class Masking;

/// The records that one record is associated with, and what is staged for these links: added ones
/// are in it, removed ones are struck out until they are applied. Follows the change set.
class LinksModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { RecordColumn, LabelsColumn, ChangeColumn };

    /// One link, as the portal has it and as it shall be.
    struct Line
    {
        LinkedRecord linked;
        std::optional<RowChange> staged;

        /// Without any: it goes.
        [[nodiscard]] QList<AssociationKind> wanted() const;
    };

    /// Of a record of type `from` with records of type `to`. Both references must outlive the
    /// model.
    LinksModel(ObjectType from, ObjectType to, ChangeSet &changes, const Masking &masking,
               QObject *parent);

    /// Nothing is shown until the links of the record are known.
    void setRecord(const RecordReference &record, const QString &name);
    void setLinks(const LinkedRecords &links);
    void clear();
    void maskingChanged();
    /// A name for a record that is staged to be added; it is known to who added it.
    void learnName(const RecordReference &record, const QString &name);

    [[nodiscard]] const Line &lineAt(int row) const { return m_lines[size_t(row)]; }
    /// Linked records that are not shown, because there are so many.
    [[nodiscard]] qsizetype hidden() const;
    [[nodiscard]] bool isKnown() const { return m_isKnown; }
    [[nodiscard]] const RecordReference &record() const { return m_record; }

    /// Stages what shall be of a link: nothing removes it. Back to what the portal has takes the
    /// change back. A link that is being sent stays as it is.
    void stage(int row, const QList<AssociationKind> &wanted, const QString &step);
    /// Whether the line can be edited: its change is not on its way.
    [[nodiscard]] bool canEdit(int row) const;
    /// Whether the primary label goes to another line by what is staged.
    [[nodiscard]] bool losesPrimary(const Line &line) const;
    /// What people call the two, in a change set and in the journal.
    [[nodiscard]] QString labelOfPair(const LinkedRecord &other) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

signals:
    /// A change of a link that is shown was written.
    void written();

private:
    void follow();
    [[nodiscard]] std::vector<Line> linesNow() const;
    [[nodiscard]] RowKey keyOfLink(const RecordReference &other) const;
    [[nodiscard]] QString changeText(const Line &line) const;
    [[nodiscard]] QString labelsText(const Line &line) const;

    const ObjectType m_from;
    const ObjectType m_to;
    ChangeSet &m_changes;
    const Masking &m_masking;
    RecordReference m_record;
    QString m_name;
    LinkedRecords m_links;
    bool m_isKnown = false;
    QHash<QString, QString> m_names; // Of records that were added, by id.
    std::vector<Line> m_lines;
};

} // namespace hubkeeper
