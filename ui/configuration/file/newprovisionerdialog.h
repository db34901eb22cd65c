// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace hubkeeper {

class MessageBar;

/// Asks for name and folder of a new provisioner and writes it, from the shipped sample or as a
/// copy without secrets of another file. Existing files are left alone.
class NewProvisionerDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `current` is the text a copy can be made of, empty if there is none; `folder` is where to
    /// begin.
    NewProvisionerDialog(QByteArray current, const QString &folder, QWidget *parent);

    /// The file that was written; empty before.
    [[nodiscard]] const QString &path() const { return m_path; }

    void accept() override;

private:
    void build();
    void browse();
    void showPath();
    [[nodiscard]] QString wantedPath() const; ///< Empty if the name is none.

    const QByteArray m_current;
    QString m_path;
    MessageBar *m_message;
    QLineEdit *m_name;
    QLineEdit *m_folder;
    QRadioButton *m_fromSample;
    QRadioButton *m_fromCurrent;
    QLabel *m_preview;
    QPushButton *m_create;
};

} // namespace hubkeeper
