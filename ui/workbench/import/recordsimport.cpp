// SPDX-License-Identifier: MIT
#include "workbench/import/recordsimport.h"

#include "records/recordspage.h"
#include "session/open/session.h"
#include "workbench/import/importdialog.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QStandardPaths>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The one table among what is dragged; empty: there is none.
QString draggedTable(const QDropEvent &event)
{
    const QList<QUrl> urls = event.mimeData()->urls();
    if (urls.size() != 1 || !urls.first().isLocalFile())
        return {};
    const QString path = urls.first().toLocalFile();
    return isTableFile(path) ? path : QString();
}

} // namespace

bool isTableFile(const QString &path)
{
    static const QStringList endings {u"csv"_s, u"tsv"_s,  u"tab"_s,   u"txt"_s,
                                      u"xls"_s, u"xlsx"_s, u"jsonl"_s, u"ndjson"_s};
    return endings.contains(QFileInfo(path).suffix().toLower());
}

RecordsImport::RecordsImport(ObjectType type, RecordsPage &page, const Masking &masking,
                             Settings &settings)
    : QObject(&page)
    , m_type(type)
    , m_page(page)
    , m_masking(masking)
    , m_settings(settings)
    , m_import(new QAction(
          type == ObjectType::Contacts ? tr("I&mport Contacts…") : tr("&Import Companies…"), this))
    , m_paste(new QAction(tr("Paste as Im&port…"), this))
    , m_work(std::make_unique<QObject>())
{
    m_import->setObjectName(type == ObjectType::Contacts ? u"importContacts"_s
                                                         : u"importCompanies"_s);
    m_paste->setObjectName(type == ObjectType::Contacts ? u"pasteContacts"_s : u"pasteCompanies"_s);
    m_import->setEnabled(false);
    m_paste->setEnabled(false);
    connect(m_import, &QAction::triggered, this, &RecordsImport::askForFile);
    connect(m_paste, &QAction::triggered, this, &RecordsImport::pasteClipboard);
    m_page.setAcceptDrops(true);
    m_page.installEventFilter(this);
}

RecordsImport::~RecordsImport()
{
    delete m_dialog;
}

void RecordsImport::setSession(std::shared_ptr<Session> session)
{
    delete m_dialog; // It works on the session before.
    m_work = std::make_unique<QObject>();
    m_session = std::move(session);
    m_import->setEnabled(m_session != nullptr);
    m_paste->setEnabled(m_session != nullptr);
}

void RecordsImport::askForFile()
{
    auto *dialog = new QFileDialog(
        m_dialog ? static_cast<QWidget *>(m_dialog) : &m_page, tr("Choose a Table"),
        m_folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                           : m_folder);
    dialog->setObjectName(u"importFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Tables (*.csv *.tsv *.tab *.txt *.xlsx *.jsonl *.ndjson)"), tr("All files (*)")});
    connect(m_work.get(), &QObject::destroyed, dialog, &QDialog::reject);
    connect(dialog, &QFileDialog::fileSelected, m_work.get(),
            [this](const QString &path) { importFile(path); });
    dialog->open();
}

void RecordsImport::importFile(const QString &path)
{
    m_folder = QFileInfo(path).absolutePath();
    open({path, nullptr, {}});
}

void RecordsImport::pasteClipboard()
{
    if (!m_session)
        return;
    const auto source =
        sourceFromClipboard(QApplication::clipboard()->text(), m_session->recordFolder());
    if (source)
        open(*source);
    else
        emit m_page.statusMessage(source.error().sentence());
}

void RecordsImport::open(const ImportSource &source)
{
    if (!m_session)
        return;
    emit m_page.goTo({m_page.id(), {}});
    if (!m_dialog) {
        m_dialog = new ImportDialog(m_type, *m_session, m_masking, m_settings, &m_page);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &ImportDialog::otherFileWanted, this, &RecordsImport::askForFile);
        connect(m_dialog, &ImportDialog::statusMessage, &m_page, &Page::statusMessage);
        connect(m_dialog, &ImportDialog::staged, &m_page, [this](int records) {
            emit m_page.statusMessage(tr("%Ln record(s) are staged. Nothing was sent; Undo takes "
                                         "the import back.",
                                         nullptr, records));
            emit m_page.goTo({PageId::Changes, {}});
        });
    }
    m_dialog->setSource(source);
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

bool RecordsImport::eventFilter(QObject *watched, QEvent *event)
{
    const bool isDrag = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove;
    if (watched != &m_page || !m_session || (!isDrag && event->type() != QEvent::Drop))
        return QObject::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event);
    const QString path = draggedTable(*drop);
    if (path.isEmpty()) {
        event->ignore(); // The window's: it opens other files.
        return true;
    }
    drop->acceptProposedAction();
    if (!isDrag)
        importFile(path);
    return true;
}

} // namespace hubkeeper
