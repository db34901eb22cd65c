// SPDX-License-Identifier: MIT
#include "window/statusline.h"

#include "window/currentsession.h"

#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

StatusLine::StatusLine(CurrentSession &keeper, QWidget *parent)
    : QStatusBar(parent)
    , m_keeper(keeper)
    , m_masking(addPart(u"maskingState"_s, tr("Personal data is shown as pseudonyms")))
    , m_connection(addPart(u"connectionState"_s, tr("State of the connection")))
    , m_token(addPart(u"tokenState"_s, tr("State of the access token")))
    , m_calls(addPart(u"calls"_s, tr("Requests used of the portal's limit")))
    , m_staged(addPart(u"staged"_s, tr("Changes that are not applied yet")))
    , m_keychain(addPart(u"keychain"_s, tr("Where secrets are kept")))
{
    connect(&m_keeper, &CurrentSession::sessionChanged, this, &StatusLine::followSession);
    connect(&m_keeper, &CurrentSession::connectionChanged, this, &StatusLine::showConnection);
    setPart(m_masking, tr("personal data masked"));
    m_masking->hide();
    connect(this, &QStatusBar::messageChanged, this, &QWidget::setToolTip);
    followSession();
    showKeychain();
}

/// As far as the parts at the end leave room for it.
QRect StatusLine::messageRoom() const
{
    const int letter = fontMetrics().averageCharWidth();
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    int end = isMirrored ? 0 : width();
    const auto parts = findChildren<QLabel *>(Qt::FindDirectChildrenOnly);
    for (const QLabel *part : parts) {
        if (part->isVisible())
            end = isMirrored ? std::max(end, part->geometry().right()) : std::min(end, part->x());
    }
    return isMirrored ? QRect(QPoint(end + letter, 0), QPoint(width() - letter, height()))
                      : QRect(QPoint(letter, 0), QPoint(end - letter, height()));
}

/// A status bar by itself cuts what there is no room for.
void StatusLine::paintEvent(QPaintEvent *event)
{
    const QRect room = messageRoom();
    if (fontMetrics().horizontalAdvance(currentMessage()) <= room.width())
        return QStatusBar::paintEvent(event);
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    style()->drawPrimitive(QStyle::PE_PanelStatusBar, &option, &painter, this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(room, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(currentMessage(), Qt::ElideRight, room.width()));
}

void StatusLine::showWork(PageId page, const QString &text)
{
    if (text.isEmpty())
        m_work.remove(page);
    else
        m_work.insert(page, text);
    showConnection();
}

void StatusLine::showMasking(bool on)
{
    m_masking->setVisible(on);
    if (on)
        clearMessage(); // It may speak of a value.
}

/// A screen reader says what it is and what it says.
void StatusLine::setPart(QLabel *part, const QString &text)
{
    part->setText(text);
    //: Name and value of a part of the status line: "State of the access token: token valid".
    part->setAccessibleName(tr("%1: %2").arg(part->toolTip(), text));
}

QLabel *StatusLine::addPart(const QString &name, const QString &description)
{
    auto *label = new QLabel(this);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setToolTip(description);
    label->setIndent(fontMetrics().averageCharWidth() * 2); // A style sheet would drop margins.
    addPermanentWidget(label);
    return label;
}

void StatusLine::followSession()
{
    for (const auto &link : m_links)
        disconnect(link);
    m_links.clear();
    if (Session *session = m_keeper.session().get()) {
        m_links = {
            connect(session, &Session::tokenStateChanged, this, &StatusLine::showToken),
            connect(session, &Session::limitsChanged, this, &StatusLine::showCalls),
            connect(&session->changes(), &ChangeSet::changed, this, &StatusLine::showStaged)};
    }
    showConnection();
    showToken();
    showCalls();
    showStaged();
    showKeychain();
}

void StatusLine::showConnection()
{
    if (!m_keeper.connection())
        setPart(m_connection, tr("no connection"));
    else if (m_keeper.session())
        setPart(m_connection, m_work.isEmpty() ? tr("ready") : m_work.first());
    else if (m_keeper.failure())
        setPart(m_connection, tr("not ready"));
    else
        setPart(m_connection, tr("opening…"));
}

void StatusLine::showToken()
{
    Session *session = m_keeper.session().get();
    m_token->setVisible(session != nullptr);
    if (!session)
        return;
    switch (session->tokenState().phase) {
    case TokenState::None:
        setPart(m_token, tr("no token yet"));
        break;
    case TokenState::Renewing:
        setPart(m_token, tr("renewing token…"));
        break;
    case TokenState::Valid:
        setPart(m_token, tr("token valid"));
        break;
    case TokenState::Refused:
        setPart(m_token, tr("token refused"));
        break;
    }
}

void StatusLine::showCalls()
{
    Session *session = m_keeper.session().get();
    const LimitReport limits = session ? session->limits() : LimitReport {};
    m_calls->setVisible(limits.windowMax > 0);
    if (limits.windowMax <= 0)
        return;
    const QLocale locale;
    const int used = limits.windowMax - qMax(0, limits.windowRemaining);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limits.window).count();
    //: Requests used of those allowed in some seconds: "calls 37/100 in 10 s".
    setPart(m_calls,
            tr("calls %1/%2 in %3 s")
                .arg(locale.toString(used), locale.toString(limits.windowMax),
                     locale.toString(qMax<qint64>(1, seconds))));
}

void StatusLine::showStaged()
{
    Session *session = m_keeper.session().get();
    int count = 0;
    if (session)
        count = session->changes().count() - session->changes().count(RowState::Applied);
    m_staged->setVisible(session != nullptr);
    setPart(m_staged, tr("%Ln staged", "records with changes that are not applied yet", count));
}

/// What is, not what is planned: a keychain that does not answer keeps nothing.
void StatusLine::showKeychain()
{
    const SecretBackend backend = m_keeper.services().secrets.backend();
    const Session *session = m_keeper.session().get();
    if (!backend.answers) {
        setPart(m_keychain,
                session && session->secretsAreFromFile() ? tr("no keychain; secrets from the file")
                                                         : tr("no keychain"));
        return;
    }
    //: %1 is the name of a keychain: "Secret Service", or "this session only".
    setPart(m_keychain, tr("secrets: %1").arg(backend.name));
}

} // namespace hubkeeper
