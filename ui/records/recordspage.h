// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"
#include "session/reading/browse.h"
#include "widgets/messagebar.h"
#include "widgets/page.h"

#include <QTimer>

class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace hubkeeper {

class CallBar;
class ConditionBar;
class Inspector;
class RecordTable;
class RecordTableModel;

/// Contacts or companies: search, filter, grid, and the inspector of the current record.
///
/// Reading starts when the page is shown for the first time after a session was set, and goes on
/// to the end unless stopped.
class RecordsPage final : public Page
{
    Q_OBJECT

public:
    /// `masking` must outlive the page, which tells it what the portal defines.
    RecordsPage(ObjectType type, Masking &masking, QWidget *parent);
    ~RecordsPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setSession(std::shared_ptr<Session> session) override;
    [[nodiscard]] QWidget *inspector() override;
    void addToMenus(const Menus &menus) override;
    void showItem(const QString &item) override;
    void focusFilter() override;
    void reload() override;

    [[nodiscard]] RecordTable *table() const { return m_table; }
    [[nodiscard]] RecordTableModel *model() const { return m_model.get(); }
    [[nodiscard]] const PropertyNames &names() const { return m_names; }
    /// Reading is over: everything asked for is in the grid.
    [[nodiscard]] bool isComplete() const { return m_complete; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    QLayout *makeFilterRow();
    void makeMenu();
    void begin();
    void readNames();
    void read();
    void readOn();
    void readInto(BrowseQuery query);
    void onRead(const Result<BrowseSummary> &summary);
    void makeOrder();
    void setOrder(RowOrder order);
    void namesChanged();
    void updateCount();
    void showEmptyState();
    void chooseColumns();
    void goToRecord(const QString &key);
    void askForRecord();
    void createRecord();
    void archiveSelected();
    void openInHubSpot();
    void onCurrentChanged();
    void onMessageButton(const QString &id);
    [[nodiscard]] QStringList columns() const;
    [[nodiscard]] QStringList readProperties() const;
    [[nodiscard]] QString columnsKey() const;

    const ObjectType m_type;
    Masking &m_masking;
    PropertyNames m_names;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work; // Parent of every call of this session.
    std::unique_ptr<RecordSet> m_set;
    std::unique_ptr<RecordTableModel> m_model;
    RowQuery m_rowQuery;
    bool m_begun = false;
    bool m_complete = false;
    std::vector<IdRange> m_rest; // What a broken reading left.
    QString m_wantedId;

    QTimer m_filterPause;
    QLineEdit *m_filter = nullptr;
    QToolButton *m_columnsButton = nullptr;
    QToolButton *m_rawButton = nullptr;
    QLabel *m_count = nullptr;
    ConditionBar *m_conditions = nullptr;
    MessageBar *m_message = nullptr;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_empty = nullptr;
    RecordTable *m_table = nullptr;
    CallBar *m_progress = nullptr;
    QPointer<Inspector> m_inspector;
    QList<QAction *> m_recordActions;
};

} // namespace hubkeeper
