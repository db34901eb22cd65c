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
class Session;

/// The record as IDM sees it through the connector. A tab of the inspector; reads schema and
/// account, which the session keeps, when it is first looked at.
class ConnectorEyeView final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive the view.
    ConnectorEyeView(ObjectType type, const PropertyNames &names, QWidget *parent);
    ~ConnectorEyeView() override;

    void setSession(std::shared_ptr<Session> session);
    void showRecord(const Record &record);
    void clear();

    [[nodiscard]] ConnectorEyeModel *model() const { return m_model; }

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
};

} // namespace hubkeeper
