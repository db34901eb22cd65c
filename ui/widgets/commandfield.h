// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace hubkeeper {

class NoteLabel;

/// The hubkeeper-cli command that does the same as a dialog, to be copied.
class CommandField final : public QWidget
{
    Q_OBJECT

public:
    explicit CommandField(QWidget *parent);

    /// Words are quoted for a POSIX shell. None: there is no command, and `why` says why; else it
    /// says in what the command differs, where it does.
    void setWords(const QStringList &words, const QString &why = {});
    [[nodiscard]] QString command() const { return m_command; }

private:
    QString m_command;
    QLineEdit *m_field;
    QPushButton *m_copy;
    NoteLabel *m_note;
};

} // namespace hubkeeper
