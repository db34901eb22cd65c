// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/server.h"

#include <QDialog>

#include <functional>

class QLineEdit;
class QPushButton;

namespace hubkeeper {

/// What is about to be written to a server, for the question before it.
struct WriteQuestion
{
    QString title; ///< "Deploy"
    QString text; ///< One sentence: "Write provisioner.openicf/hubspot to Test?"
    QString consequences; ///< What else there is to know; may be empty.
    QString verb; ///< Of the button, with its access key: "&Deploy".
};

/// Asks before something is written to a server. On a production server its label is typed.
class WriteQuestionDialog final : public QDialog
{
    Q_OBJECT

public:
    WriteQuestionDialog(const Server &server, const WriteQuestion &question, QWidget *parent);

private:
    QLineEdit *m_label;
    QPushButton *m_go;
};

/// Runs `go` if nothing has to be asked (a free server that is no production one), else after the
/// question, and `stop` if the answer is no; none of them once `context` is gone. A read-only
/// server is refused by whoever writes.
void askToWrite(const Server &server, const WriteQuestion &question, QWidget *parent,
                QObject *context, std::function<void()> go, std::function<void()> stop = {});

} // namespace hubkeeper
