// SPDX-License-Identifier: MIT
#include "widgets/messagebar.h"

#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/sizes.h"
#include "widgets/tones.h"
#include "widgets/wrappedlabel.h"

#include <QAccessible>
#include <QApplication>
#include <QBoxLayout>
#include <QDockWidget>
#include <QEvent>
#include <QLabel>
#include <QMetaMethod>
#include <QPainter>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isInDock(const QWidget *widget)
{
    while (widget && !qobject_cast<const QDockWidget *>(widget))
        widget = widget->parentWidget();
    return widget != nullptr;
}

QString iconName(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Information:
        return u"dialog-information"_s;
    case MessageBar::Good:
        return u"dialog-ok"_s;
    case MessageBar::Warning:
        return u"dialog-warning"_s;
    case MessageBar::Failure:
        return u"dialog-error"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_shown(std::make_unique<QObject>())
    , m_icon(new QLabel(this))
    , m_text(new WrappedLabel(this))
    , m_detail(new WrappedLabel(this))
    , m_buttons(new QHBoxLayout)
    , m_close(new QToolButton(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Window); // A page of an assistant has another one.
    QFont bold = m_text->font();
    bold.setBold(true);
    m_text->setFont(bold);
    m_close->setIcon(icon(u"window-close"_s));
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Dismiss message"));
    m_close->setToolTip(tr("Dismiss"));
    connect(m_close, &QToolButton::clicked, this, [this] {
        dismiss();
        emit dismissed();
    });

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_text);
    texts->addWidget(m_detail);
    m_buttons->addStretch();
    m_inside = new QBoxLayout(QBoxLayout::TopToBottom);
    m_inside->setSpacing(2);
    m_inside->addLayout(texts, 1);
    m_inside->addLayout(m_buttons);
    auto *row = new QHBoxLayout(this);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(m_inside, 1);
    row->addWidget(m_close, 0, Qt::AlignTop);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString &text, const QString &detail,
                             const QList<Button> &buttons)
{
    m_shown = std::make_unique<QObject>();
    m_situation.reset();
    m_kind = kind;
    m_cause = nullptr;
    m_sentence = text;
    m_detailText = detail;
    m_maskedDetail.clear();
    showTexts();
    setButtons(buttons);
    takeColours();
    show();
    announce();
}

void MessageBar::setMasking(const Masking &masking)
{
    m_masking = &masking;
    connect(&masking, &Masking::changed, this, &MessageBar::showTexts);
}

void MessageBar::showTexts()
{
    const bool masked = m_masking && m_masking->isOn();
    const auto shown = [&](const QString &text) { return masked ? m_masking->text(text) : text; };
    const QString text = shown(m_sentence);
    const QString detail =
        masked && !m_maskedDetail.isEmpty() ? m_maskedDetail : shown(m_detailText);
    for (const auto &[label, whole] : {std::pair(m_text, text), std::pair(m_detail, detail)}) {
        label->setText(withShortWords(whole));
        label->setToolTip(label->text() == whole ? QString() : whole);
    }
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(text);
    setAccessibleDescription(detail);
}

void MessageBar::showError(const Error &error, Situation situation, const QList<Button> &first)
{
    showError(error, situation, first, isAnybodyListening());
}

void MessageBar::showError(const Error &error, Situation situation, Offer)
{
    showError(error, situation, {}, false);
}

/// A button that nobody listens to would be a dead one.
bool MessageBar::isAnybodyListening() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&MessageBar::buttonPressed));
}

void MessageBar::showError(const Error &error, Situation situation, const QList<Button> &first,
                           bool isHelpOffered)
{
    if (error.kind == ErrorKind::Cancelled)
        return;
    const ErrorText words = errorText(error, situation);
    QStringList lines {words.detail, words.advice};
    lines.removeAll(QString());
    QList<Button> buttons = first;
    const bool isThere = std::any_of(first.cbegin(), first.cend(), [&](const Button &button) {
        return button.choice == words.button;
    });
    if (isHelpOffered && !isThere && words.button != Choice::None)
        buttons.append({words.button, words.buttonText});
    if (isHelpOffered && words.otherButton != Choice::None)
        buttons.append({words.otherButton, words.otherButtonText});
    showMessage(Failure, words.sentence, lines.join(u'\n'), buttons);
    m_situation = situation;
    const bool speaksOfValues =
        error.kind == ErrorKind::Rejected || error.kind == ErrorKind::Conflict;
    if (speaksOfValues) {
        m_maskedDetail = tr("What HubSpot said may repeat values. It is not shown while personal "
                            "data is masked.");
        showTexts();
    }
}

void MessageBar::dismiss()
{
    m_shown = std::make_unique<QObject>();
    m_situation.reset();
    m_cause = nullptr;
    hide(); // Hands on the focus, if it was here.
}

void MessageBar::dismissFor(const QObject *cause)
{
    if (cause && m_cause == cause)
        dismiss();
}

void MessageBar::endError(Situation situation)
{
    if (m_situation == situation)
        dismiss();
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::setButtons(const QList<Button> &buttons)
{
    while (m_buttons->count() > 1) {
        QWidget *old = m_buttons->takeAt(0)->widget();
        old->hide();
        old->deleteLater();
    }
    for (const Button &button : buttons) {
        auto *push = new QPushButton(button.text, this);
        if (isInDock(this)) // It may be behind another one, and takes no letter then.
            push->setText(QString(button.text).remove(u'&'));
        push->setObjectName(nameOf(button.choice));
        connect(push, &QPushButton::clicked, this,
                [this, choice = button.choice] { emit buttonPressed(choice); });
        m_buttons->insertWidget(m_buttons->count() - 1, push);
    }
    placeButtons();
}

/// Beside the texts if that makes the bar lower: below they need a line of their own, but beside
/// them the texts may need more lines.
void MessageBar::placeButtons()
{
    const QSize buttons = m_buttons->sizeHint();
    const QMargins margins = layout()->contentsMargins();
    const int room = contentsRect().width() - margins.left() - margins.right()
        - m_icon->sizeHint().width() - m_close->sizeHint().width() - 2 * layout()->spacing();
    const QLayoutItem &texts = *m_inside->itemAt(0);
    const int beside = std::max(texts.heightForWidth(room - buttons.width() - m_inside->spacing()),
                                buttons.height());
    const int below = texts.heightForWidth(room) + m_inside->spacing() + buttons.height();
    const bool fit = buttons.width() * 2 < room && beside < below;
    m_inside->setDirection(fit ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void MessageBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    placeButtons();
}

void MessageBar::takeColours()
{
    // Not the parent's, which may still be that of the colours before.
    const QPalette own = QApplication::palette(this);
    const Tones tones = tonesOf(own);
    const QColor tone = m_kind == Failure ? tones.bad
        : m_kind == Warning               ? tones.warning
        : m_kind == Good                  ? tones.good
                                          : tones.accent;
    QPalette palette; // The rest is the parent's, so that its change is heard of.
    palette.setColor(QPalette::Window, washed(tone, own.color(QPalette::Window)));
    const QScopedValueRollback taking(m_takesColours, true); // It changes the palette itself.
    setPalette(palette);
    const int size = style()->pixelMetric(QStyle::PM_LargeIconSize) * 3 / 4;
    m_icon->setPixmap(icon(iconName(m_kind)).pixmap(QSize(size, size), devicePixelRatioF()));
}

void MessageBar::announce()
{
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ParentChange)
        return;
    const bool areOthers =
        event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::PaletteChange;
    if (areOthers && !isHidden() && !m_takesColours) // On a page that is not in front, too.
        takeColours();
}

} // namespace hubkeeper
