// SPDX-License-Identifier: MIT
#pragma once

#include "schema/schemamodel.h"
#include "session/schema/mappinguse.h"
#include "widgets/page.h"

#include <QPointer>
#include <QTimer>

class QCheckBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QTreeView;

namespace hubkeeper {

class CallBar;
class Connector;
class Document;
class EmptyState;
class MessageBar;
class SchemaDetails;
class SchemaFilter;

/// What there is, on three sides: built into the connector, in the provisioner, in the portal. The
/// differences are marked; details, options and raw JSON of the current entry beside it. Where the
/// app was not granted the scope for definitions, the page says which one above the details; the
/// other two sides are compared all the same.
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
    void showItem(const PlaceItem &item) override; ///< Text to look for.

    /// The provisioner to compare with; null if none is open. It may go at any time.
    void setDocument(Document *document);

    [[nodiscard]] const SchemaModel &model() const { return m_model; }
    [[nodiscard]] QTreeView *tree() const { return m_tree; }
    [[nodiscard]] QLineEdit *filter() const { return m_filter; }
    [[nodiscard]] QCheckBox *onlyDifferences() const { return m_onlyDifferences; }
    [[nodiscard]] SchemaDetails *details() const { return m_details; }
    [[nodiscard]] MessageBar *message() const { return m_message; }
    /// What is shown where HubSpot's side could be, if a scope is missing.
    [[nodiscard]] EmptyState *missing() const { return m_missing; }
    [[nodiscard]] bool hasLive() const { return m_liveSchema.has_value(); }
    /// The comparison as CSV, Markdown or JSON, by the ending of the name.
    [[nodiscard]] Result<void> exportTo(const QString &path) const;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void begin(bool fresh);
    void readDefinitions(ObjectType type, bool fresh);
    void readLiveSchema();
    void onFailed(const Error &error);
    void showMissing(const QStringList &scopes);
    void show();
    void showDetails();
    void showSummary();
    void showNothing();
    void chooseExport();
    [[nodiscard]] QList<ClassSides> sides() const;
    [[nodiscard]] QList<MappingUse> usesOf(const ClassSides &sides,
                                           const AttributeSides &attribute) const;

    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    std::unique_ptr<Connector> m_live; // Reads the live schema whatever the provisioner says.
    QPointer<Document> m_document;
    QTimer m_pause; // Between typing in the file and comparing again.
    SchemaModel m_model;
    SchemaModel::Definitions m_definitions;
    std::optional<Schema> m_liveSchema;
    QStringList m_missingScopes;
    bool m_begun = false;

    SchemaFilter *m_filtered;
    QLineEdit *m_filter;
    QCheckBox *m_onlyDifferences;
    QLabel *m_summary;
    MessageBar *m_message;
    QTreeView *m_tree;
    QLabel *m_nothing; // Instead of the tree, if a filter matches nothing.
    QStackedWidget *m_list;
    EmptyState *m_missing;
    SchemaDetails *m_details;
    CallBar *m_progress;
};

} // namespace hubkeeper
