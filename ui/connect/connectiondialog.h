// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/connection.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace hubkeeper {

class MessageBar;

/// The local settings of a connection: label, colour, kind, API version, address, thresholds. The
/// write mode has its own dialog. A production connection becomes another kind only after its
/// label was typed, since that lifts a guard.
class ConnectionDialog final : public QDialog
{
    Q_OBJECT

public:
    ConnectionDialog(const Connection &connection, QWidget *parent);

    /// The settings as they stand in the fields.
    [[nodiscard]] Connection connection() const;

    void accept() override;

private:
    void build();
    void chooseColour();
    void showColour();
    void check();

    const Connection m_before;
    QString m_colour;
    MessageBar *m_messages;
    QLineEdit *m_label;
    QComboBox *m_kind;
    QLineEdit *m_confirmation;
    QFormLayout *m_form = nullptr;
    QPushButton *m_colourButton;
    QPushButton *m_noColour;
    QComboBox *m_version;
    QLineEdit *m_address;
    QCheckBox *m_remote;
    QSpinBox *m_reserve;
    QSpinBox *m_mostRows;
    QSpinBox *m_mostArchives;
    QCheckBox *m_archives;
    QLineEdit *m_protected;
    QPushButton *m_ok = nullptr;
};

} // namespace hubkeeper
