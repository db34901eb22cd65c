// SPDX-License-Identifier: MIT
#include "window/manualwindow.h"

#include "widgets/icons.h"

#include <QAction>
#include <QFile>
#include <QFontDatabase>
#include <QImage>
#include <QResizeEvent>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTimer>
#include <QToolBar>

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
{
    setWindowTitle(tr("Hubkeeper Manual"));
    m_browser->setOpenLinks(true);
    m_browser->setOpenExternalLinks(false);
    m_browser->setAccessibleName(tr("Manual"));
    m_browser->document()->setDocumentMargin(fontMetrics().height());
    setCentralWidget(m_browser);

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
    auto *close = new QAction(this);
    close->setShortcuts(QKeySequence::Close);
    connect(close, &QAction::triggered, this, &QWidget::close);
    addAction(close);
    // Room for the widest command of the manual, and for the margins beside it.
    const QFontMetrics code(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    resize(code.averageCharWidth() * 100 + fontMetrics().height() * 4, fontMetrics().height() * 38);
}

void ManualWindow::showPage(const QString &name)
{
    const QString path = u":/manual/%1.md"_s.arg(name);
    const QString shown = QFile::exists(path) ? name : u"index"_s;
    m_browser->setSource(QUrl(u"qrc:/manual/%1.md"_s.arg(shown)), QTextDocument::MarkdownResource);
}

} // namespace hubkeeper
