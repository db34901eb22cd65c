// SPDX-License-Identifier: MIT
#pragma once

#include "schema/schemamodel.h"
#include "shell/page.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace hubkeeper {

class CallBar;
class Connector;
class MessageBar;

/// What the connector offers: the default schema or the live one, HubSpot's definitions beside it,
/// differences marked, filter, JSON of the current entry, export.
class SchemaPage final : public Page
{
    Q_OBJECT

public:
    explicit SchemaPage(QWidget *parent);
    ~SchemaPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setSession(std::shared_ptr<Session> session) override;
    void focusFilter() override;
    void reload() override;
    void showItem(const QString &item) override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void begin(bool fresh);
    void readDefinitions(ObjectType type, bool fresh);
    void readLiveSchema();
    void show();
    void showJson();
    void exportSchema();

    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    std::unique_ptr<Connector> m_live; // Reads the live schema whatever the provisioner says.
    SchemaModel m_model;
    SchemaModel::Definitions m_definitions;
    std::optional<Schema> m_liveSchema;
    bool m_begun = false;

    QSortFilterProxyModel *m_filtered;
    QComboBox *m_which;
    QLineEdit *m_filter;
    MessageBar *m_message;
    QTreeView *m_tree;
    QPlainTextEdit *m_json;
    CallBar *m_progress;
};

} // namespace hubkeeper
