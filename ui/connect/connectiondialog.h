// SPDX-License-Identifier: MIT
#pragma once

#include "connect/writemodedialog.h"
#include "session/connections/connection.h"
#include "session/idm/server.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace hubkeeper {

class ColourChoice;
class MessageBar;

/// The local settings of a connection: label, colour, kind, API version, address, IDM server,
/// thresholds. The
/// write mode has its own dialog. What lifts a guard of a production connection (liftsGuard())
/// asks for its label, typed. Settings that another program changes meanwhile are shown at once;
/// where both changed the same one, the dialog says so and keeps what was typed.
class ConnectionDialog final : public QDialog
{
    Q_OBJECT

public:
    ConnectionDialog(const Connection &connection, SaveConnection save, QWidget *parent);

    /// Lets one of these be chosen as the server that the file is deployed to. Without any, the
    /// choice is not shown.
    void offer(const QList<Server> &servers);

    /// What the policy file sets cannot be changed, and says so; the connection's own setting stays
    /// what it is.
    void lock(const PortalLimits &limits);

    /// The settings as they are in the fields.
    [[nodiscard]] Connection connection() const;

    /// Takes over what another program has changed.
    void follow(const Connection &now);

    /// Saves; stays open if that fails, and says why.
    void accept() override;

private:
    void fillChoices();
    void build();
    void connectFields();
    void fillFields(const Connection &connection);
    void showServer(const QString &id);
    void showLimits();
    void check();

    const SaveConnection m_save;
    Connection m_before;
    PortalLimits m_limits;
    MessageBar *m_messages;
    QLineEdit *m_label;
    QComboBox *m_kind;
    QLineEdit *m_confirmation;
    QFormLayout *m_form = nullptr;
    ColourChoice *m_colour;
    QComboBox *m_version;
    QLineEdit *m_address;
    QCheckBox *m_remote;
    QComboBox *m_server;
    QSpinBox *m_reserve;
    QSpinBox *m_mostRows;
    QSpinBox *m_mostPercent;
    QSpinBox *m_mostArchives;
    QCheckBox *m_archives;
    QLineEdit *m_protected;
    QPushButton *m_ok = nullptr;
};

} // namespace hubkeeper
