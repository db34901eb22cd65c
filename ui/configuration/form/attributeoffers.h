// SPDX-License-Identifier: MIT
#pragma once

#include "portal/property.h"
#include "provisioner/document/document.h"

#include <QPointer>

#include <memory>

namespace hubkeeper {

class AttributesDialog;
class Connector;
class Session;
struct ObjectClassInfo;

/// Offers attributes that an object type has not yet, from the connector's schema, built in or
/// live, and adds those that the user chooses.
class AttributeOffers final : public QObject
{
    Q_OBJECT

public:
    /// Dialogs open over `window`.
    explicit AttributeOffers(QWidget *window);
    ~AttributeOffers() override;

    /// For the live schema; null: not offered. A dialog that waits for one is closed.
    void setSession(std::shared_ptr<Session> session);
    [[nodiscard]] bool hasLive() const { return m_session != nullptr; }

    /// `type` is the JSON pointer of an object type.
    void offerDefault(Document &document, const QString &type);
    void offerLive(Document &document, const QString &type);

signals:
    /// Pointer of the first attribute that was added.
    void added(const QString &pointer);
    void failed(const hubkeeper::Error &error);

private:
    struct Target
    {
        QPointer<Document> document;
        QString type;
    };

    AttributesDialog *openDialog(const Target &target, const QString &title,
                                 const QString &introduction);
    void add(const Target &target, const AttributesDialog &dialog);
    void readLive(const Target &target, AttributesDialog *dialog);
    static void offer(const Target &target, AttributesDialog *dialog, const ObjectClassInfo *info,
                      const QList<PropertyDefinition> &definitions);

    QWidget *m_window;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<Connector> m_live; // With readSchema on; outlives what the dialog asks of it.
    QPointer<AttributesDialog> m_liveDialog;
};

} // namespace hubkeeper
