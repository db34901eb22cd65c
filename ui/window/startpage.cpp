// SPDX-License-Identifier: MIT
#include "window/startpage.h"

#include "widgets/icons.h"
#include "window/recentfiles.h"

#include <QBoxLayout>
#include <QCommandLinkButton>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A way in, with a frame while it has the focus: styles draw none around this kind of button.
class WayButton final : public QCommandLinkButton
{
public:
    WayButton(const QString &title, const QString &text, QWidget *parent)
        : QCommandLinkButton(title, text, parent)
    {
        setAutoDefault(true); // Return presses it, as Space does.
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QCommandLinkButton::paintEvent(event);
        if (!hasFocus())
            return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
};

} // namespace

StartPage::StartPage(const RecentFiles &recent, std::function<bool(const QString &)> hasDraft,
                     bool offersPractice, QWidget *parent)
    : QWidget(parent)
    , m_recent(recent)
    , m_hasDraft(std::move(hasDraft))
    , m_icon(new QLabel(this))
    , m_recentSide(new QWidget(this))
    , m_list(new QListWidget(m_recentSide))
{
    setObjectName(u"start"_s);
    const int letter = fontMetrics().averageCharWidth();
    auto *ways = new QVBoxLayout;
    addWay(ways, Choice::AddConnection, u"connected"_s, tr("&Add Connection…"),
           tr("Choose a provisioner and sign in to HubSpot"));
    addWay(ways, Choice::Open, u"document-open"_s, tr("&Open Provisioner…"),
           tr("Check or edit the connector's configuration file"));
    addWay(ways, Choice::New, u"list-add"_s, tr("&New Provisioner…"),
           tr("Begin with the connector's sample"));
    addWay(ways, Choice::AddServer, u"server"_s, tr("&IDM Servers…"),
           tr("See a connector where it runs, or begin with what is deployed"));
    if (offersPractice) {
        addWay(ways, Choice::Practice, u"practice"_s, tr("Try the Practice Porta&l"),
               tr("A HubSpot on this computer, with made-up records"));
    }
    ways->addStretch();

    m_list->setObjectName(u"recentList"_s);
    m_list->setAccessibleName(tr("Files opened last"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    connect(m_list, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        emit fileWanted(item->data(Qt::UserRole).toString());
    });
    connect(&m_recent, &RecentFiles::listChanged, this, &StartPage::fillRecent);
    auto *recentTitle = new QLabel(tr("&Recent files"), m_recentSide);
    recentTitle->setBuddy(m_list);
    auto *recentColumn = new QVBoxLayout(m_recentSide);
    recentColumn->addWidget(recentTitle);
    recentColumn->addWidget(m_list, 1);

    auto *sides = new QHBoxLayout;
    sides->addLayout(ways, 1);
    sides->addSpacing(letter * 3);
    sides->addWidget(m_recentSide, 1);
    auto *middle = new QWidget(this);
    middle->setMaximumWidth(letter * 110);
    auto *inside = new QVBoxLayout(middle);
    inside->addWidget(buildHead());
    inside->addSpacing(fontMetrics().height() * 2);
    inside->addLayout(sides, 1);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(middle, 100);
    row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addLayout(row, 9);
    column->addStretch(1);
    fillRecent();
}

QWidget *StartPage::buildHead()
{
    auto *head = new QWidget(this);
    auto *title = new QLabel(tr("Welcome to Hubkeeper"), head);
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    title->setFont(large);
    auto *text = new QLabel(
        tr("Check the configuration of a HubSpot connector, keep its secrets in the keychain, see "
           "whether it works, and repair contacts and companies by hand. There is no account and "
           "no telemetry: nothing is sent anywhere until you ask for it."),
        head);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    m_icon->setParent(head);
    auto *words = new QVBoxLayout;
    words->addWidget(title);
    words->addWidget(text);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(fontMetrics().averageCharWidth(), 0, 0, 0);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addSpacing(fontMetrics().averageCharWidth() * 2);
    row->addLayout(words, 1);
    drawIcon();
    return head;
}

void StartPage::addWay(QVBoxLayout *column, Choice choice, const QString &iconName,
                       const QString &title, const QString &text)
{
    auto *button = new WayButton(title, text, this);
    button->setObjectName(nameOf(choice));
    button->setIcon(icon(iconName));
    button->setAccessibleDescription(text);
    connect(button, &QAbstractButton::clicked, this, [this, choice] { emit wants(choice); });
    column->addWidget(button);
}

void StartPage::fillRecent()
{
    m_list->clear();
    const QStringList files = m_recent.files();
    for (const QString &path : files) {
        const QFileInfo file(path);
        //: Name and folder of a file, on two lines.
        auto *item = new QListWidgetItem(
            icon(u"text"_s),
            tr("%1\n%2").arg(file.fileName(), QDir::toNativeSeparators(file.absolutePath())),
            m_list);
        item->setData(Qt::UserRole, path);
        if (m_hasDraft(path)) {
            item->setIcon(icon(u"dialog-warning"_s));
            //: %1 is the name of a file; Hubkeeper ended unexpectedly.
            item->setText(tr("%1: has edits that were not saved\n%2")
                              .arg(file.fileName(), QDir::toNativeSeparators(file.absolutePath())));
        }
        item->setToolTip(QDir::toNativeSeparators(path));
    }
    m_recentSide->setVisible(!files.isEmpty());
}

void StartPage::drawIcon()
{
    const int size = fontMetrics().height() * 4;
    m_icon->setPixmap(programIcon().pixmap(QSize(size, size), devicePixelRatioF()));
}

void StartPage::showEvent(QShowEvent *event)
{
    fillRecent();
    QWidget::showEvent(event);
}

void StartPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        drawIcon();
}

} // namespace hubkeeper
