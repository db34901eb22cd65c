// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"
#include "records/values/propertynames.h"
#include "widgets/page.h"

#include <QTimer>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTabWidget;
class QTreeView;

namespace hubkeeper {

class ConnectorEyeView;
class CurrentServer;
class HistoryView;
class InspectorModel;
class LinksView;
class MessageBar;

/// The current record with every property, its associations, its history, and as JSON. Reads the
/// record a moment after it became current, so that scrolling through the grid sends nothing; until
/// then, and where reading fails, no values are shown: what can be seen and edited is always of the
/// record that the title names. Hidden, it reads nothing; it catches up when it is shown.
class Inspector final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive the inspector.
    Inspector(ObjectType type, const PropertyNames &names, QWidget *parent);
    ~Inspector() override;

    [[nodiscard]] QSize minimumSizeHint() const override;

    void setSession(std::shared_ptr<Session> session);
    /// Whose links are shown; must outlive the inspector. Null: there are no servers here.
    void setServer(CurrentServer *server);
    /// An empty id is no record.
    void showRecord(const QString &id, const QString &label);
    /// The properties whose history is shown, and the one to look at; see HistoryView.
    void setHistoryOf(const QStringList &properties, const QString &current);
    /// Labels, options or owners became known, or masking was switched.
    void namesChanged();

    [[nodiscard]] InspectorModel *model() const { return m_model.get(); }
    [[nodiscard]] QTreeView *tree() const { return m_tree; }
    [[nodiscard]] QTabWidget *tabs() const { return m_tabs; }
    [[nodiscard]] LinksView *links() const { return m_links; }
    [[nodiscard]] HistoryView *history() const { return m_history; }
    [[nodiscard]] ConnectorEyeView *connectorEye() const { return m_eye; }

protected:
    void showEvent(QShowEvent *event) override;

signals:
    void goTo(const hubkeeper::Place &place);
    void statusMessage(const QString &text);

private:
    void makeTabs();
    void connectParts();
    void clearValues();
    void readRecord();
    void show(const Record &record);
    void showReadError(const Error &error);
    void showTitle();
    void showJson();
    void expandAll();

    const ObjectType m_type;
    const PropertyNames &m_names;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    std::unique_ptr<QObject> m_reading; // Parent of what is read of the present record.
    std::unique_ptr<InspectorModel> m_model;
    QString m_id;
    QString m_recordLabel;
    QTimer m_pause;
    QLabel *m_title;
    MessageBar *m_message;
    QTabWidget *m_tabs;
    QLineEdit *m_filter;
    QCheckBox *m_hideEmpty;
    QTreeView *m_tree;
    LinksView *m_links;
    HistoryView *m_history;
    QPlainTextEdit *m_json;
    ConnectorEyeView *m_eye;
};

} // namespace hubkeeper
