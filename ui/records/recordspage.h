// SPDX-License-Identifier: MIT
#pragma once

#include "records/readingnotice.h"
#include "records/recordsquery.h"
#include "records/values/propertynames.h"
#include "records/views/recordviews.h"
#include "widgets/messagebar.h"
#include "widgets/page.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace hubkeeper {

class CallBar;
class ConditionBar;
class CurrentServer;
class GridBar;
class Inspector;
class RecordJump;
class RecordsActions;
class RecordsExport;
class RecordTable;
class RecordTableModel;
class ViewTabs;
struct ViewSearch;

/// Contacts or companies: search, filter, grid, and the inspector of the current record.
///
/// Reading starts when the page is shown for the first time after a session was set, and goes on
/// to the end unless stopped.
class RecordsPage final : public Page
{
    Q_OBJECT

public:
    /// `masking`, which learns from the page what the portal defines, must outlive it. Views are
    /// kept below `paths`.
    RecordsPage(ObjectType type, Masking &masking, const Paths &paths, QWidget *parent);
    ~RecordsPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setSession(std::shared_ptr<Session> session) override;
    [[nodiscard]] QWidget *inspector() override;
    /// See Inspector::setServer().
    void setServer(CurrentServer *server);
    void addToMenus(const Menus &menus) override;
    [[nodiscard]] bool askForItem() override;
    void showItem(const PlaceItem &item) override;
    void focusFilter() override;
    void reload() override;

    [[nodiscard]] RecordTable *table() const { return m_table; }
    /// What is done with records, for those who add to it before the window gets the page.
    [[nodiscard]] RecordsActions &actions() const { return *m_actions; }
    [[nodiscard]] RecordTableModel *model() const { return m_model.get(); }
    [[nodiscard]] const PropertyNames &names() const { return m_names; }
    /// Reading is over: everything asked for is in the grid.
    [[nodiscard]] bool isComplete() const { return m_query.isComplete(); }
    [[nodiscard]] RecordViews &views() { return m_views; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void connectParts();
    void connectActions();
    void connectViews();
    void makeEmptyState();
    void followSession();
    void begin();
    void readNames(bool fresh);
    void onNames(const Result<QList<PropertyDefinition>> &definitions);
    void read();
    void showSet();
    void onRead();
    void showOrder(const RowOrder &order);
    void namesChanged();
    void updateCount();
    void showEmptyState();
    [[nodiscard]] QStringList shownColumns() const;
    [[nodiscard]] std::optional<PlannedQuery> plannedQuery();
    void showSearch(const ViewSearch &search);
    void showView();
    void noteView();
    void applyWidths();
    void applySorts();
    void chooseColumns();
    void showColumns(const QStringList &wanted);
    void showInInspector();
    void onMessageButton(Choice button);

    const ObjectType m_type;
    Masking &m_masking;
    PropertyNames m_names;
    RecordViews m_views;
    RecordsQuery m_query;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work; // Parent of every call of this session.
    std::unique_ptr<RecordTableModel> m_model;
    bool m_begun = false;
    bool m_toTop = false; // The next order is another one that somebody wanted.
    bool m_isShowing = false; // A view: what changes now is nobody's edit.

    ViewTabs *m_tabs = nullptr;
    ConditionBar *m_conditions = nullptr;
    GridBar *m_bar = nullptr;
    MessageBar *m_message = nullptr;
    ReadingNotice m_notice; // Shown in m_message.
    QStackedWidget *m_stack = nullptr;
    QWidget *m_empty = nullptr;
    QLabel *m_emptyText = nullptr;
    QPushButton *m_clear = nullptr; // Conditions.
    RecordTable *m_table = nullptr;
    CallBar *m_progress = nullptr;
    RecordJump *m_jump = nullptr;
    RecordsActions *m_actions = nullptr;
    RecordsExport *m_export = nullptr;
    QPointer<Inspector> m_inspector;
    CurrentServer *m_server = nullptr; // For the inspector.
};

} // namespace hubkeeper
