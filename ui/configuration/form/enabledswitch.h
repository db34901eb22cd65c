// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/document.h"

#include <QCheckBox>
#include <QPointer>

namespace hubkeeper {

/// `enabled` of the open provisioner: whether IDM starts the connector. Half checked and left alone
/// where it is not a plain boolean, since IDM fills it in or refuses it.
class EnabledSwitch final : public QCheckBox
{
    Q_OBJECT

public:
    explicit EnabledSwitch(QWidget *parent);

    /// Null disables. The document may be deleted at any time.
    void setDocument(Document *document);
    void showValue();

signals:
    void failed(const hubkeeper::Error &error);

private:
    void commit(bool on);

    QPointer<Document> m_document;
};

} // namespace hubkeeper
