// SPDX-License-Identifier: MIT
#pragma once

#include "session/open/session.h"

#include <QDialog>

class QTreeWidget;
class QTreeWidgetItem;

namespace hubkeeper {

/// The chain a server showed: what is wrong with it, what the two switches of the provisioner
/// would and would not forgive, and each certificate in full.
class CertificateDialog final : public QDialog
{
    Q_OBJECT

public:
    CertificateDialog(const CertificateReport &report, QWidget *parent);

signals:
    /// The user wants to see the switches.
    void configurationWanted();

private:
    void build();
    [[nodiscard]] QString verdict() const;
    QTreeWidget *buildFaults();
    QTreeWidget *buildChain();
    void addCertificate(QTreeWidget *tree, const CertificateFacts &facts, qsizetype place);
    void copyDetails();

    const CertificateReport m_report;
};

} // namespace hubkeeper
