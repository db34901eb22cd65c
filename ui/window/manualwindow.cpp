// SPDX-License-Identifier: MIT
#include "window/manualwindow.h"

#include "widgets/icons.h"
#include "window/manualsearch.h"

#include <QAction>
#include <QFile>
#include <QFileInfo>
#include <QFontDatabase>
#include <QImage>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QResizeEvent>
#include <QScreen>
#include <QSplitter>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTimer>
#include <QToolBar>

#include <functional>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Follows links inside the manual only: anything else is text. Pictures are as wide as the page
/// allows.
class ManualBrowser final : public QTextBrowser
{
public:
    explicit ManualBrowser(QWidget *parent)
        : QTextBrowser(parent)
    {
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // One width for every page.
        m_resized.setSingleShot(true);
        connect(&m_resized, &QTimer::timeout, this, &QTextBrowser::reload);
    }

    QVariant loadResource(int type, const QUrl &name) override
    {
        if (type != QTextDocument::ImageResource)
            return QTextBrowser::loadResource(type, name);
        const QUrl file = source().resolved(name);
        QImage picture(u':' + file.path());
        if (file.scheme() != "qrc"_L1 || picture.isNull())
            return {};
        const qreal scale = devicePixelRatioF();
        const int room = viewport()->width() - int(document()->documentMargin()) * 2;
        const int wanted = int(std::max(room, 200) * scale);
        if (picture.width() > wanted)
            picture = picture.scaledToWidth(wanted, Qt::SmoothTransformation);
        picture.setDevicePixelRatio(scale);
        return picture;
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QTextBrowser::resizeEvent(event);
        if (event->size().width() != event->oldSize().width())
            m_resized.start();
    }
    void doSetSource(const QUrl &name, QTextDocument::ResourceType type) override
    {
        const QUrl target = source().isEmpty() ? name : source().resolved(name);
        if (target.scheme() == "qrc"_L1 && QFile::exists(u':' + target.path()))
            QTextBrowser::doSetSource(target, type);
    }

private:
    QTimer m_resized;
};

} // namespace

ManualWindow::ManualWindow(QWidget *parent)
    : QMainWindow(parent)
    , m_browser(new ManualBrowser(this))
    , m_search(new QLineEdit(this))
    , m_contents(new QListWidget(this))
{
    setWindowTitle(tr("Hubkeeper Manual"));
    m_browser->setOpenLinks(true);
    m_browser->setOpenExternalLinks(false);
    m_browser->setAccessibleName(tr("Manual"));
    m_browser->document()->setDocumentMargin(fontMetrics().height());
    m_contents->setAccessibleName(tr("Chapters"));
    m_contents->setTextElideMode(Qt::ElideRight);
    auto *split = new QSplitter(this);
    split->addWidget(m_contents);
    split->addWidget(m_browser);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    const int letter = fontMetrics().averageCharWidth();
    // Room for the widest command of the manual, and for the margins beside it.
    const QFontMetrics code(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    const int page = code.averageCharWidth() * 100 + fontMetrics().height() * 4;
    fillContents();
    const int list = m_contents->sizeHintForColumn(0) + 2 * m_contents->frameWidth() + letter * 2;
    m_contents->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    split->setSizes({list, page});
    setCentralWidget(split);
    buildBar();
    connect(m_contents, &QListWidget::itemClicked, this, &ManualWindow::showChapter);
    connect(m_contents, &QListWidget::itemActivated, this, &ManualWindow::showChapter);
    connect(m_search, &QLineEdit::textChanged, this, [this] {
        fillContents();
        markHits();
    });
    connect(m_search, &QLineEdit::returnPressed, this, &ManualWindow::findNext);
    connect(m_browser, &QTextBrowser::sourceChanged, this, &ManualWindow::markHits);
    resize(QSize(page + list, fontMetrics().height() * 38)
               .boundedTo(screen()->availableGeometry().size() * 9 / 10));
}

void ManualWindow::buildBar()
{
    auto *bar = addToolBar(tr("Manual"));
    bar->setMovable(false);
    auto *contents = bar->addAction(icon(u"journal"_s), tr("Contents"));
    auto *back = bar->addAction(icon(u"go-previous"_s), tr("Back"));
    auto *forward = bar->addAction(icon(u"go-next"_s), tr("Forward"));
    back->setShortcut(QKeySequence::Back);
    forward->setShortcut(QKeySequence::Forward);
    back->setEnabled(false);
    forward->setEnabled(false);
    connect(contents, &QAction::triggered, this, [this] { showPage(u"index"_s); });
    connect(back, &QAction::triggered, m_browser, &QTextBrowser::backward);
    connect(forward, &QAction::triggered, m_browser, &QTextBrowser::forward);
    connect(m_browser, &QTextBrowser::backwardAvailable, back, &QAction::setEnabled);
    connect(m_browser, &QTextBrowser::forwardAvailable, forward, &QAction::setEnabled);
    m_search->setObjectName(u"manualSearch"_s);
    m_search->setPlaceholderText(tr("Search the manual"));
    m_search->setAccessibleName(tr("Search the manual"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(fontMetrics().averageCharWidth() * 50);
    bar->addWidget(m_search);
    const auto addKey = [this](const QList<QKeySequence> &keys, const std::function<void()> &run) {
        auto *action = new QAction(this);
        action->setShortcuts(keys);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
    };
    addKey(QKeySequence::keyBindings(QKeySequence::Find), [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    addKey({QKeySequence(Qt::Key_F3)}, [this] { findNext(); });
    addKey(QKeySequence::keyBindings(QKeySequence::Close), [this] { close(); });
}

void ManualWindow::fillContents()
{
    m_contents->clear();
    const QList<ManualChapter> chapters = searchManual(m_search->text().trimmed());
    for (const ManualChapter &chapter : chapters) {
        auto *item = new QListWidgetItem(
            chapter.hits > 0
                //: %1 is the title of a chapter, %2 how often it holds what was looked for.
                ? tr("%1 (%2)").arg(chapter.title, QLocale().toString(chapter.hits))
                : chapter.title,
            m_contents);
        item->setData(Qt::UserRole, chapter.name);
    }
    if (chapters.isEmpty()) {
        auto *none = new QListWidgetItem(tr("No chapter holds this."), m_contents);
        none->setFlags(Qt::NoItemFlags);
    }
}

void ManualWindow::showChapter()
{
    if (const QListWidgetItem *item = m_contents->currentItem())
        showPage(item->data(Qt::UserRole).toString());
}

/// Every place of the page that holds what was looked for; the first one is scrolled to.
void ManualWindow::markHits()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QString wanted = m_search->text().trimmed();
    QTextCursor at(m_browser->document());
    while (!wanted.isEmpty() && !(at = m_browser->document()->find(wanted, at)).isNull()) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = at;
        mark.format.setBackground(palette().highlight());
        mark.format.setForeground(palette().highlightedText());
        marks.append(mark);
    }
    m_browser->setExtraSelections(marks);
    if (marks.isEmpty())
        return;
    QTextCursor first = marks.first().cursor;
    first.setPosition(first.selectionStart());
    m_browser->setTextCursor(first);
    m_browser->ensureCursorVisible();
}

/// In this chapter, then in the next one that holds it.
void ManualWindow::findNext()
{
    const QString wanted = m_search->text().trimmed();
    if (wanted.isEmpty() || m_browser->find(wanted))
        return;
    const QString shown = QFileInfo(m_browser->source().path()).completeBaseName();
    int row = -1;
    for (int at = 0; at < m_contents->count(); ++at) {
        if (m_contents->item(at)->data(Qt::UserRole).toString() == shown)
            row = at;
    }
    m_contents->setCurrentRow((row + 1) % m_contents->count());
    showChapter();
    if (!wanted.isEmpty())
        (void)m_browser->find(wanted);
}

void ManualWindow::showPage(const QString &name)
{
    const QString path = u":/manual/%1.md"_s.arg(name);
    const QString shown = QFile::exists(path) ? name : u"index"_s;
    m_browser->setSource(QUrl(u"qrc:/manual/%1.md"_s.arg(shown)), QTextDocument::MarkdownResource);
}

} // namespace hubkeeper
