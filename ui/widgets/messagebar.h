// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/errortext.h"

#include <QFrame>

#include <memory>
#include <optional>

class QBoxLayout;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace hubkeeper {

class Masking;

/// What an error comes with besides its sentences: where the usual button would do something else
/// than what failed, nothing.
enum class Offer { Nothing };

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
    /// Sentence, detail and advice of errorText(), with `first` and then the button that helps,
    /// unless it is among them or nobody listens to buttonPressed(); nothing for Cancelled.
    void showError(const Error &error, Situation situation, const QList<Button> &first = {});
    /// The same without any button, where what it would do is not what failed.
    void showError(const Error &error, Situation situation, Offer offer);
    void dismiss();
    /// What the message that is shown came from; the next message has none.
    void setCause(const QObject *cause) { m_cause = cause; }
    /// Dismisses the message if it came from there: what it speaks of is over.
    void dismissFor(const QObject *cause);
    /// What is shown now goes as soon as `sender` emits `signal`: its cause is gone then. A message
    /// that has come in the meantime stays.
    template <typename Sender, typename Signal>
    void showUntil(const Sender *sender, Signal signal)
    {
        connect(sender, signal, m_shown.get(), [this] { dismiss(); });
    }
    /// The same for what cannot be said with a signal alone: lives as long as what is shown now.
    [[nodiscard]] QObject *shown() const { return m_shown.get(); }
    /// Takes away the error of this situation, if that is what is shown: what failed has worked.
    void endError(Situation situation);
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
    void resizeEvent(QResizeEvent *event) override;

private:
    void showError(const Error &error, Situation situation, const QList<Button> &buttons,
                   bool isHelpOffered);
    [[nodiscard]] bool isAnybodyListening() const;
    void showTexts();
    void setButtons(const QList<Button> &buttons);
    void placeButtons();
    void takeColours();
    void announce();

    Kind m_kind = Information;
    const QObject *m_cause = nullptr; // Compared only.
    std::unique_ptr<QObject> m_shown; // Renewed by each message.
    std::optional<Situation> m_situation; // Of the error that is shown.
    bool m_takesColours = false;
    const Masking *m_masking = nullptr;
    QString m_sentence;
    QString m_detailText;
    QString m_maskedDetail; // Shown instead while masking is on; empty: the detail itself.
    QLabel *m_icon;
    QLabel *m_text;
    QLabel *m_detail;
    QBoxLayout *m_inside; // The texts, and the buttons beside or below them.
    QHBoxLayout *m_buttons;
    QToolButton *m_close;
};

} // namespace hubkeeper
