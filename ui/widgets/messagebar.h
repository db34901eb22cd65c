// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/errortext.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace hubkeeper {

class Masking;

/// A message beside its cause: an icon, a text, buttons. Hidden until it has something to say; put
/// it into the layout above what it speaks of. Screen readers announce it.
class MessageBar final : public QFrame
{
    Q_OBJECT

public:
    enum Kind { Information, Good, Warning, Failure };

    struct Button
    {
        Choice choice;
        QString text; ///< Translated, with its access key.
    };

    explicit MessageBar(QWidget *parent);

    /// `text` in bold, `detail` below it in normal weight; both as plain text.
    void showMessage(Kind kind, const QString &text, const QString &detail = {},
                     const QList<Button> &buttons = {});
    /// Sentence, detail, advice and button of errorText(), after `first`; nothing for Cancelled.
    void showError(const Error &error, Situation situation, const QList<Button> &first = {});
    void dismiss();
    /// What the message that is shown came from; the next message has none.
    void setCause(const QObject *cause) { m_cause = cause; }
    /// Dismisses the message if it came from there: what it speaks of is over.
    void dismissFor(const QObject *cause);
    /// From now on e-mail addresses are masked while the window masks, and what HubSpot said of
    /// values is left out. `masking` must outlive the bar.
    void setMasking(const Masking &masking);

    [[nodiscard]] QString text() const;
    [[nodiscard]] Kind kind() const { return m_kind; }

signals:
    void buttonPressed(hubkeeper::Choice choice);
    /// The user has closed it.
    void dismissed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showTexts();
    void setButtons(const QList<Button> &buttons);
    void takeColours();
    void announce();

    Kind m_kind = Information;
    const QObject *m_cause = nullptr; // Compared only.
    const Masking *m_masking = nullptr;
    QString m_sentence;
    QString m_detailText;
    QString m_maskedDetail; // Shown instead while masking is on; empty: the detail itself.
    QLabel *m_icon;
    QLabel *m_text;
    QLabel *m_detail;
    QHBoxLayout *m_buttons;
    QToolButton *m_close;
};

} // namespace hubkeeper
