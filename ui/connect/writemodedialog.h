// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/connection.h"

#include <QDialog>

#include <functional>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPushButton;

namespace hubkeeper {

class MessageBar;

/// Saves what `after` has changed in `before`: CurrentSession::change().
using SaveConnection =
    std::function<Result<void>(const Connection &before, const Connection &after)>;

/// Chooses how far a connection may be written to. Raising the mode of a production connection
/// asks for its label, typed. Stays open while it cannot be saved, and says why.
class WriteModeDialog final : public QDialog
{
    Q_OBJECT

public:
    WriteModeDialog(const Connection &connection, SaveConnection save, QWidget *parent);

    /// Modes looser than the policy file allows cannot be chosen; the dialog says why.
    void lock(const PortalLimits &limits);

    [[nodiscard]] WriteMode mode() const;
    /// Takes over what another program has changed; a choice that was made here stays.
    void follow(const Connection &now);

    void accept() override;

private:
    void build();
    void check();
    [[nodiscard]] Connection chosen() const;

    const SaveConnection m_save;
    Connection m_connection;
    MessageBar *m_messages;
    QButtonGroup *m_modes;
    QLabel *m_question;
    QLineEdit *m_label;
    QPushButton *m_ok;
};

} // namespace hubkeeper
