// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"
#include "session/idm/objectlinks.h"

#include <QPointer>
#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace hubkeeper {

class CurrentServer;
class Session;

/// The objects of the open IDM server that a record is linked with, beside what IDM gets of the
/// record. Part of the connector's view. Asks the server while it is seen, once for each record;
/// without an open server it says how to get one.
class LinkedView final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive the view.
    LinkedView(ObjectType type, const PropertyNames &names, QWidget *parent);
    ~LinkedView() override;

    /// Must outlive the view; null: there are no servers here.
    void setServer(CurrentServer *server);
    /// The connection's portal; null for none.
    void setSession(const std::shared_ptr<Session> &session);
    /// `lines`: what IDM gets of the record.
    void showRecord(const QString &id, const QList<EyeLine> &lines);
    void clear();
    /// Masking was switched.
    void namesChanged() { show(); }

signals:
    /// The page where servers are opened.
    void serverWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void look();
    void show();
    void showOne(const ObjectLinks &links);
    void addLinked(const LinkedObject &linked);
    void addLine(QTreeWidgetItem *parent, const SideLine &line) const;
    [[nodiscard]] QString shown(const QJsonValue &value) const;
    void say(const QString &text, bool offersServer);

    const ObjectType m_type;
    const PropertyNames &m_names;
    QPointer<CurrentServer> m_server;
    QString m_system; // Of the connection's file: "hubspot".
    std::unique_ptr<QObject> m_work;
    QString m_id;
    QList<EyeLine> m_lines;
    bool m_isRead = false;
    QList<ObjectLinks> m_found;
    QLabel *m_text;
    QPushButton *m_open;
    QTreeWidget *m_tree;
};

} // namespace hubkeeper
