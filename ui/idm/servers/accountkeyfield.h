// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <QPlainTextEdit>

#include <optional>

class QLabel;
class QPushButton;

namespace hubkeeper {

/// Several lines into which a secret text is pasted or dropped. Shows nothing of it: what arrives
/// is handed on and not kept.
class SecretPasteEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit SecretPasteEdit(QWidget *parent);

signals:
    /// UTF-8; whoever takes it wipes it.
    void arrived(QByteArray &text);
    /// A file was pasted or dropped.
    void fileArrived(const QString &path);
    /// A character was typed, which is not how a key gets here.
    void typed();

protected:
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
};

/// The key of a service account: pasted or from a file, checked at once, and never shown. Says
/// below the field what is wrong with it.
class AccountKeyField final : public QWidget
{
    Q_OBJECT

public:
    explicit AccountKeyField(QWidget *parent);

    /// What is to be kept of the key that was given; none: no key, or one that is wrong.
    [[nodiscard]] std::optional<Secret> key() const;
    /// What was given last is wrong, and nothing else came since.
    [[nodiscard]] bool isWrong() const { return m_error.has_value(); }
    /// Shown in the field while there is no key: "as it is".
    void setHint(const QString &hint);

    /// Takes the key in a file; a wrong one is said below the field. It takes the place of the one
    /// before in any case.
    void takeFile(const QString &path);

    /// Never: QFormLayout of Qt 6.4.2 was seen to write past its end for a field whose height
    /// depends on its width while other rows are hidden.
    [[nodiscard]] bool hasHeightForWidth() const override { return false; }

signals:
    /// key() or isWrong() are others.
    void changed();

private:
    void chooseFile();
    void take(Result<QByteArray> text);
    void remove();
    void say(const QString &said);

    std::optional<Secret> m_key;
    std::optional<Error> m_error;
    QString m_hint;
    SecretPasteEdit *m_edit;
    QPushButton *m_choose;
    QPushButton *m_remove;
    QLabel *m_said;
};

} // namespace hubkeeper
