// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/page.h"
#include "workbench/snapshots/snapshotlistmodel.h"
#include "workbench/snapshots/snapshotwork.h"

class QComboBox;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTreeView;

namespace hubkeeper {

class BadWeather;
class CallBar;
class EmptyState;
class Masking;
class MessageBar;
class SnapshotGrid;
class TextRowsModel;

/// The snapshots of the open connection: taken, opened offline, compared, put back, rehearsed on,
/// deleted.
class SnapshotsPage final : public Page
{
    Q_OBJECT

public:
    /// `masking` must outlive the page. Without `start` nothing can be rehearsed.
    SnapshotsPage(const Masking &masking, const Paths &paths, StartRehearsalPortal start,
                  QWidget *parent);
    ~SnapshotsPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setSession(std::shared_ptr<Session> session) override;
    void focusFilter() override;
    void reload() override;

    [[nodiscard]] QTreeView *list() const { return m_list; }
    [[nodiscard]] SnapshotGrid *grid() const { return m_grid; }
    [[nodiscard]] TextRowsModel *differences() const { return m_differences; }
    [[nodiscard]] TextRowsModel *rehearsal() const { return m_rehearsal; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void connectWork();
    QTreeView *makeRows(const QString &name, QAbstractItemModel *model);
    void showOpened();
    void onCurrentChanged();
    QWidget *makeTab(const QList<QWidget *> &buttons, QWidget *contents);
    [[nodiscard]] const KeptSnapshot *current() const;
    void take();
    void takeAgain();
    void openCurrent();
    void compare();
    void putBack();
    void rehearse();
    void askToDelete();
    void deleteCurrent();
    void fillOthers();
    void onTaken(const QString &path, const SnapshotInfo &info);
    void onCompared(const QList<SnapshotDifference> &differences, const ComparedSnapshots &found);
    void onStaged(const PutBack &outcome);
    void onRehearsed(const RehearsalReport &report);
    void showFailure(const Error &error);
    void updateButtons();

    const Masking &m_masking;
    const Paths m_paths;
    std::shared_ptr<Session> m_session;
    SnapshotListModel m_snapshots;
    SnapshotWork *m_work;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    MessageBar *m_message;
    CallBar *m_progress;
    QTreeView *m_list;
    QTabWidget *m_tabs;
    QStackedWidget *m_records; ///< The grid, or what to do to see it.
    EmptyState *m_closed;
    SnapshotGrid *m_grid;
    TextRowsModel *m_differences;
    TextRowsModel *m_rehearsal;
    QTreeView *m_differencesView = nullptr;
    QTreeView *m_rehearsalView = nullptr;
    QPushButton *m_take;
    QPushButton *m_takeAgain;
    QPushButton *m_open;
    QPushButton *m_compare;
    QComboBox *m_other;
    QPushButton *m_putBack;
    QPushButton *m_rehearse;
    BadWeather *m_badWeather;
    QPushButton *m_delete;
    QString m_selected; ///< Path of the snapshot that the tabs are about.
    QString m_toDelete;
};

} // namespace hubkeeper
