// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/mappingput.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace hubkeeper {

class DiffText;

/// Shows what writing a mapping changes on the server, and what is wrong with it, before it is
/// sent. On a production server its label has to be typed.
class WriteMappingDialog final : public QDialog
{
    Q_OBJECT

public:
    WriteMappingDialog(const Server &server, const MappingPlan &plan, QWidget *parent);

    [[nodiscard]] QString note() const;
    [[nodiscard]] DiffText *difference() const { return m_difference; }

private:
    void build(const MappingPlan &plan);
    [[nodiscard]] QString summaryOf(const MappingPlan &plan) const;
    void updateButton();

    const Server m_server;
    DiffText *m_difference;
    QLineEdit *m_note;
    QLineEdit *m_label; ///< Null where nothing has to be typed.
    QPushButton *m_write;
};

} // namespace hubkeeper
