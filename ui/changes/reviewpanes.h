// SPDX-License-Identifier: MIT
#pragma once

#include "changes/review/reviewfilter.h"

#include <QSplitter>

#include <memory>

class QTreeView;

namespace hubkeeper {

class ChangesReview;
class GroupsModel;
class PortalNames;
class Session;

/// The groups of the staged changes beside the records: a line of the groups chooses which records
/// are shown, its tick whether they are sent.
class ReviewPanes final : public QSplitter
{
    Q_OBJECT

public:
    /// Takes over `records`. `names` must outlive it.
    ReviewPanes(const PortalNames &names, QTreeView *records, QWidget *parent);

    /// Null for none.
    void setSession(std::shared_ptr<Session> session);
    void setFilter(const ReviewFilter &filter);
    /// Whether groups are seen; without them nothing is chosen by one.
    void showGroups(bool shows);
    /// Whether anything of it is seen: else nothing is asked.
    void setActive(bool isActive);
    void namesChanged();
    /// Gives the columns of the records the room there is; also whenever that changes, until the
    /// user moves a line between them.
    void fitColumns();
    [[nodiscard]] QTreeView *groups() const { return m_tree; }

    bool eventFilter(QObject *watched, QEvent *event) override;

signals:
    /// The records to show; nothing: all.
    void rowsFound(const std::optional<std::vector<qint64>> &rows);
    void failed(const hubkeeper::Error &error);

private:
    void setGroups(const std::vector<VerbGroup> &groups);
    void choose(const QModelIndex &line);

    QTreeView *m_tree;
    QTreeView *m_records;
    GroupsModel *m_groups;
    ChangesReview *m_review;
    std::optional<GroupKey> m_group; // That is shown; nothing: all.
    bool m_isChoosing = false; // By itself, not by the user.
    bool m_isFitting = false;
    bool m_areColumnsChosen = false; // By the user.
};

} // namespace hubkeeper
