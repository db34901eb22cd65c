// SPDX-License-Identifier: MIT
#pragma once

#include "changes/review/reviewfilter.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace hubkeeper {

class PortalNames;
class Session;

/// Keeps groups and found rows of the session's change set up to date: asks its file again when the
/// filter or the changes are others, one question at a time, never on the window's thread. Asks
/// nothing while nobody looks.
class ChangesReview final : public QObject
{
    Q_OBJECT

public:
    /// `names` must outlive it.
    ChangesReview(const PortalNames &names, QObject *parent);
    ~ChangesReview() override;

    /// Null for none.
    void setSession(std::shared_ptr<Session> session);
    /// Its group does not count.
    void setFilter(const ReviewFilter &filter);
    void setGroup(const std::optional<GroupKey> &group);
    /// Whether somebody sees it.
    void setActive(bool isActive);
    /// Takes the rows of the group (nothing: all) that the filter takes into what is sent, or
    /// leaves them out.
    void tick(const std::optional<GroupKey> &group, bool includes);

signals:
    void groupsFound(const std::vector<hubkeeper::VerbGroup> &groups);
    /// Nothing: all rows.
    void rowsFound(const std::optional<std::vector<qint64>> &rows);
    void failed(const hubkeeper::Error &error);

private:
    void later();
    void ask();
    void askForRows();
    void finish();
    [[nodiscard]] ReviewWords words() const;

    const PortalNames &m_names;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work; // Parent of what runs for the session.
    ReviewFilter m_filter;
    QTimer m_pause;
    bool m_isActive = false;
    bool m_isAsking = false;
    bool m_isStale = false; // Something changed since the question.
};

} // namespace hubkeeper
