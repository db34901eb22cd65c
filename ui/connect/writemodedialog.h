// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/connection.h"

#include <QDialog>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPushButton;

namespace hubkeeper {

/// Chooses how far a connection may be written to. Raising the mode of a production connection
/// asks for its label, typed.
class WriteModeDialog final : public QDialog
{
    Q_OBJECT

public:
    WriteModeDialog(const Connection &connection, QWidget *parent);

    [[nodiscard]] WriteMode mode() const;

private:
    void check();
    [[nodiscard]] bool needsLabel() const;

    const Connection m_connection;
    QButtonGroup *m_modes;
    QLabel *m_question;
    QLineEdit *m_label;
    QPushButton *m_ok;
};

} // namespace hubkeeper
