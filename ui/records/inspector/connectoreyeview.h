// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"
#include "records/values/propertynames.h"

#include <QWidget>

#include <memory>

class QLabel;
class QTreeView;

namespace hubkeeper {

class ConnectorEyeModel;
class CurrentServer;
class LinkedView;
class Session;

/// The record as IDM sees it through the connector, and below it what it is linked with on the open
/// IDM server. A tab of the inspector; reads schema and account, which the session keeps, when it
/// is first looked at.
class ConnectorEyeView final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive the view.
    ConnectorEyeView(ObjectType type, const PropertyNames &names, QWidget *parent);
    ~ConnectorEyeView() override;

    void setSession(std::shared_ptr<Session> session);
    /// See LinkedView::setServer().
    void setServer(CurrentServer *server);
    void showRecord(const Record &record);
    void clear();

    /// Labels or options became known, or masking was switched.
    void namesChanged();

    [[nodiscard]] ConnectorEyeModel *model() const { return m_model; }

signals:
    /// The page where servers are opened.
    void serverWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void look();

    const ObjectType m_type;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    std::optional<Record> m_record;
    ConnectorEyeModel *m_model;
    QLabel *m_summary;
    QTreeView *m_view;
    LinkedView *m_linked;
};

} // namespace hubkeeper
