// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/finding.h"

#include <QWidget>

#include <array>

class QToolButton;

namespace hubkeeper {

class DocumentFindings;

/// One switch per severity, with how many there are: shows or hides them.
class SeverityButtons final : public QWidget
{
    Q_OBJECT

public:
    explicit SeverityButtons(QWidget *parent);

    void showCounts(const DocumentFindings &findings);
    void checkAll();

signals:
    void toggled(hubkeeper::Severity severity, bool shown);

private:
    QToolButton *add(Severity severity);

    std::array<QToolButton *, 3> m_buttons {};
};

} // namespace hubkeeper
