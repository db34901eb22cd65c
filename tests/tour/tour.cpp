// SPDX-License-Identifier: MIT
#include "tour.h"

#include "changes/applyactions.h"
#include "changes/changesdock.h"
#include "changestour.h"
#include "configurationtour.h"
#include "connector/connector.h"
#include "idmtour.h"
#include "importtour.h"
#include "overview/overviewpage.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/document/document.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/inspector/inspector.h"
#include "records/recordspage.h"
#include "recordstour.h"
#include "requests/requestsdock.h"
#include "schema/schemapage.h"
#include "scripts/scriptexamples.h"
#include "scripts/scriptoutput.h"
#include "scripts/scriptspage.h"
#include "session/connections/provisionerfacts.h"
#include "session/connections/secretvault.h"
#include "session/open/session.h"
#include "session/reading/readfullrecord.h"
#include "widgets/messagebar.h"
#include "window/mainwindow.h"
#include "workbenchtour.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QKeyEvent>
#include <QPixmap>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStatusBar>
#include <QTableView>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto patience = 30s;

/// A call that hands another one's outcome on as a sentence.
template <typename T>
class Report final : public Call<QString>
{
public:
    Report(Call<T> *call, std::function<Result<QString>(const T &)> report, QObject *parent)
        : Call(parent)
    {
        call->setParent(this);
        call->onDone(this, [this, report = std::move(report)](const Result<T> &outcome) {
            if (outcome)
                complete(report(*outcome));
            else
                complete(tl::unexpected(outcome.error()));
        });
    }
};

Call<QString> *failed(const QString &what, QObject *parent)
{
    return new ReadyCall<QString>(fail(ErrorKind::BadReply, what), parent);
}

void press(QWidget *target, int key, const QString &text = {})
{
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier, text);
    QKeyEvent up(QEvent::KeyRelease, key, Qt::NoModifier, text);
    QApplication::sendEvent(target, &down);
    QApplication::sendEvent(target, &up);
}

} // namespace

Tour::Tour(MainWindow &window, SecretVault &vault, TourBrowser &browser, QString folder)
    : m_window(window)
    , m_vault(vault)
    , m_browser(browser)
    , m_folder(std::move(folder))
{
    m_window.resize(1280, 860);
    connect(&m_runner, &TourRunner::finished, this, &Tour::finished);
}

void Tour::start()
{
    QDir().mkpath(m_folder);
    addConnectionSteps();
    addReadingSteps();
    addWritingSteps();
    m_runner.start();
}

void Tour::addConnectionSteps()
{
    m_runner.add(u"Start page"_s, [this](QObject *parent) {
        return new ReadyCall<QString>(picture(u"start"_s), parent);
    });
    m_runner.add(u"Look for a keychain"_s,
                 [this](QObject *parent) { return findKeychain(parent); });
    m_runner.add(u"Open the sample provisioner"_s,
                 [this](QObject *parent) { return openPractice(parent); });
    m_runner.add(u"Store its secrets"_s, [this](QObject *parent) { return storeSecrets(parent); });
    addDialogSteps();
    m_runner.add(u"Test the connection"_s, [this](QObject *parent) { return test(parent); });
}

void Tour::addReadingSteps()
{
    m_runner.add(u"Read the schema"_s, [this](QObject *parent) { return readSchema(parent); });
    m_runner.add(m_window.page(PageId::Configuration)->title(),
                 [this](QObject *parent) { return showPage(PageId::Configuration, parent); });
    const ConfigurationTour configuration(m_window,
                                          [this](const QString &name) { return picture(name); });
    configuration.addSteps(m_runner);
    m_runner.add(u"Schema"_s, [this](QObject *parent) { return compareSchema(parent); });
    m_runner.add(u"Run a script"_s, [this](QObject *parent) { return runScript(parent); });
    m_runner.add(u"Browse companies"_s,
                 [this](QObject *parent) { return browse(PageId::Companies, parent); });
    m_runner.add(u"Browse contacts"_s,
                 [this](QObject *parent) { return browse(PageId::Contacts, parent); });
    RecordsTour(m_window, [this](const QString &name) { return picture(name); }).addSteps(m_runner);
    m_runner.add(u"Mask personal data"_s,
                 [this](QObject *parent) { return maskPersonalData(parent); });
    const ImportTour import(
        m_window, [this](const QString &name, QWidget &window) { return picture(name, window); });
    import.addSteps(m_runner);
}

void Tour::addWritingSteps()
{
    m_runner.add(u"Edit a record"_s, [this](QObject *parent) { return edit(parent); });
    m_runner.add(u"Review"_s,
                 [this](QObject *parent) { return showPage(PageId::Changes, parent); });
    m_runner.add(u"Apply"_s, [this](QObject *parent) { return apply(u"applied"_s, parent); });
    m_runner.add(u"Prove by reading again"_s,
                 [this](QObject *parent) { return prove(m_after, parent); });
    m_runner.add(u"Journal"_s,
                 [this](QObject *parent) { return showPage(PageId::Journal, parent); });
    m_runner.add(u"Revert"_s, [this](QObject *parent) { return revert(parent); });
    m_runner.add(u"Apply the inverse"_s,
                 [this](QObject *parent) { return apply(u"reverted"_s, parent); });
    m_runner.add(u"Prove the old value"_s,
                 [this](QObject *parent) { return prove(m_before, parent); });
    m_runner.add(u"Requests"_s, [this](QObject *parent) { return showRequests(parent); });
    const IdmTour idm(m_window, [this](const QString &name) { return picture(name); });
    idm.addSteps(m_runner);
    const ChangesTour changes(
        m_window, [this](const QString &name, QWidget &window) { return picture(name, window); });
    changes.addSteps(m_runner);
    const WorkbenchTour workbench(
        m_window, [this](const QString &name, QWidget &window) { return picture(name, window); });
    workbench.addSteps(m_runner);
}

QString Tour::picture(const QString &name)
{
    return picture(name, m_window);
}

QString Tour::picture(const QString &name, QWidget &window)
{
    QApplication::sendPostedEvents();
    const QString file = u"%1-%2.png"_s.arg(++m_number, 2, 10, QLatin1Char('0')).arg(name);
    window.grab().save(QDir(m_folder).filePath(file));
    return u"picture %1"_s.arg(file);
}

RecordsPage *Tour::records(PageId id) const
{
    return qobject_cast<RecordsPage *>(m_window.page(id));
}

ChangesDock *Tour::changes() const
{
    return qobject_cast<ChangesDock *>(m_window.page(PageId::Changes));
}

Call<QString> *Tour::openPractice(QObject *parent)
{
    m_window.openPractice();
    return new WaitUntil([this] { return m_window.keeper().session() != nullptr; },
                         [this]() -> Result<QString> {
                             return m_window.keeper().session()->provisioner().name
                                 + u", portal at "_s
                                 + m_window.keeper().connection()->baseUrl.toString();
                         },
                         patience, parent);
}

Call<QString> *Tour::storeSecrets(QObject *parent)
{
    const auto &connection = m_window.keeper().connection();
    const auto document = Document::open(connection->provisionerPath);
    if (!document)
        return new ReadyCall<QString>(tl::unexpected(document.error()), parent);
    const JsonText &text = (*document)->text();
    const auto write = [&](const QString &name) {
        return m_vault.write({connection->id, name},
                             plainSecret(text, text.at(u"/configurationProperties/"_s + name)),
                             &m_runner);
    };
    (void)write(u"clientSecret"_s);
    return new WaitUntil(
        [this, stored = std::make_shared<bool>(false), call = QPointer(write(u"refreshToken"_s)),
         started = std::make_shared<bool>(false)]() mutable {
            if (call && !*started) {
                *started = true;
                call->onDone(
                    this, [stored](const Result<void> &outcome) { *stored = outcome.has_value(); });
            }
            return *stored;
        },
        [this]() -> Result<QString> {
            m_window.keeper().reopen();
            return u"client secret and refresh token, in "_s + m_vault.backend().name;
        },
        patience, parent);
}

Call<QString> *Tour::test(QObject *parent)
{
    auto *overview = qobject_cast<OverviewPage *>(m_window.page(PageId::Overview));
    m_window.showPlace({PageId::Overview, {}});
    auto begun = std::make_shared<bool>(false);
    return new WaitUntil(
        [this, overview, begun] {
            const auto &session = m_window.keeper().session();
            if (session && !*begun) {
                *begun = true;
                overview->startTest();
            }
            return session && session->lastTest().has_value();
        },
        [this]() -> Result<QString> {
            const TestReport &report = *m_window.keeper().session()->lastTest();
            if (!report.ok)
                return tl::unexpected(*report.error);
            return u"%1 steps passed, %2"_s.arg(report.steps.size()).arg(picture(u"overview"_s));
        },
        patience, parent);
}

Call<QString> *Tour::readSchema(QObject *parent)
{
    return new Report<Schema>(
        m_window.keeper().session()->connector().schema(parent),
        [](const Schema &schema) -> Result<QString> {
            qsizetype attributes = 0;
            for (const ObjectClassInfo &info : schema.classes)
                attributes += info.attributes.size();
            return u"%1 object classes, %2 attributes"_s.arg(schema.classes.size()).arg(attributes);
        },
        parent);
}

Call<QString> *Tour::showPage(PageId id, QObject *parent)
{
    m_window.showPlace({id, {}});
    auto turns = std::make_shared<int>(0);
    return new WaitUntil([turns] { return ++*turns > 40; }, // Time to read and to paint.
                         [this, id]() -> Result<QString> { return picture(nameOf(id)); }, patience,
                         parent);
}

Call<QString> *Tour::compareSchema(QObject *parent)
{
    m_window.showPlace({PageId::Schema, {}});
    auto *page = qobject_cast<SchemaPage *>(m_window.page(PageId::Schema));
    return new WaitUntil(
        [page] { return page->hasLive(); },
        [this, page]() -> Result<QString> {
            const auto found =
                page->tree()->model()->match(page->tree()->model()->index(0, 0), Qt::DisplayRole,
                                             u"email"_s, 1, Qt::MatchExactly | Qt::MatchRecursive);
            if (found.isEmpty())
                return fail(ErrorKind::BadReply, u"The schema has no e-mail address."_s);
            page->tree()->setCurrentIndex(found.first());
            return u"%1 attributes differ, %2"_s.arg(page->model().differenceCount())
                .arg(picture(u"schema"_s));
        },
        patience, parent);
}

Call<QString> *Tour::showRequests(QObject *parent)
{
    m_window.showPlace({PageId::Requests, {}});
    auto *dock = qobject_cast<RequestsDock *>(m_window.page(PageId::Requests));
    dock->keepBodies()->setChecked(true);
    auto *test = m_window.keeper().session()->test(parent);
    auto ended = std::make_shared<bool>(false);
    test->onDone(parent, [ended](const Result<TestReport> &) { *ended = true; });
    return new WaitUntil([ended] { return *ended; },
                         [this, dock]() -> Result<QString> {
                             dock->table()->selectRow(dock->table()->model()->rowCount() - 1);
                             const QString calls = picture(u"requests"_s);
                             m_window.showPlace({PageId::Requests, PagePart::Limits});
                             return u"%1 calls, %2, %3"_s.arg(dock->table()->model()->rowCount())
                                 .arg(calls, picture(u"limits"_s));
                         },
                         patience, parent);
}

Call<QString> *Tour::runScript(QObject *parent)
{
    m_window.showPlace({PageId::Scripts, {}});
    auto *page = qobject_cast<ScriptsPage *>(m_window.page(PageId::Scripts));
    page->useExample(scriptExamples().constFirst());
    auto ended = std::make_shared<bool>(false);
    connect(page, &ScriptsPage::runEnded, parent, [ended] { *ended = true; });
    page->runAction()->trigger();
    return new WaitUntil([ended] { return *ended; },
                         [this, page]() -> Result<QString> {
                             if (page->message()->isVisible())
                                 return fail(ErrorKind::BadReply, page->message()->text());
                             return u"%1 lines of output, %2"_s
                                 .arg(page->output()->console()->blockCount())
                                 .arg(picture(u"scripts"_s));
                         },
                         patience, parent);
}

Call<QString> *Tour::browse(PageId id, QObject *parent)
{
    m_window.showPlace({id, {}});
    RecordsPage *page = records(id);
    auto turns = std::make_shared<int>(0);
    return new WaitUntil(
        [page, turns] {
            const bool there = page->isComplete() && page->model()->rowCount() > 0;
            return there && ++*turns > 40; // The inspector reads a moment later.
        },
        [this, page, id]() -> Result<QString> {
            return u"%1 records, %2"_s.arg(page->model()->rowCount()).arg(picture(nameOf(id)));
        },
        patience, parent);
}

Call<QString> *Tour::maskPersonalData(QObject *parent)
{
    RecordsPage *page = records(PageId::Contacts);
    const QModelIndex cell = page->model()->index(0, 1);
    const QString value = cell.data(RecordTableModel::RawTextRole).toString();
    auto *action = m_window.findChild<QAction *>(u"maskPersonalData"_s);
    action->setChecked(true);
    const QString shown = cell.data().toString();
    const QString seen = picture(u"masked"_s);
    action->setChecked(false);
    if (value.isEmpty() || shown == value || cell.data().toString() != value)
        return failed(u"The values were not masked."_s, parent);
    return new ReadyCall<QString>(u"%1 for an address, %2"_s.arg(shown, seen), parent);
}

Call<QString> *Tour::edit(QObject *parent)
{
    RecordsPage *page = records(PageId::Contacts);
    const int column = int(page->model()->columns().indexOf(u"phone"_s)) + 1;
    if (column < 1)
        return failed(u"The grid has no column for the phone number."_s, parent);
    const QModelIndex cell = page->model()->index(0, column);
    m_window.statusBar()->clearMessage();
    m_recordId = page->model()->idAt(0);
    m_before = cell.data(RecordTableModel::RawTextRole).toString();
    m_after = u"+41 44 668 18 00"_s;
    page->table()->setFocus();
    page->table()->setCurrentIndex(cell);
    press(page->table(), Qt::Key_F2);
    QWidget *editor = QApplication::focusWidget();
    if (!editor || editor == page->table())
        return failed(u"F2 opened no editor."_s, parent);
    for (const QChar c : std::as_const(m_after))
        press(editor, 0, c);
    press(editor, Qt::Key_Return);
    if (!cell.data(RecordTableModel::ChangedRole).toBool())
        return failed(u"The edit was not staged."_s, parent);
    return new ReadyCall<QString>(u"phone of %1: \"%2\" -> \"%3\", %4"_s.arg(
                                      m_recordId, m_before, m_after, picture(u"edited"_s)),
                                  parent);
}

Call<QString> *Tour::apply(const QString &name, QObject *parent)
{
    m_window.showPlace({PageId::Changes, {}});
    auto ended = std::make_shared<bool>(false);
    connect(changes(), &ChangesDock::runEnded, parent, [ended] { *ended = true; });
    changes()->applying()->applyAction()->trigger();
    return new WaitUntil(
        [ended] { return *ended; },
        [this, name]() -> Result<QString> {
            for (const RowChange &row : m_window.keeper().session()->changes().rows()) {
                if (row.state != RowState::Applied) {
                    return fail(ErrorKind::Rejected,
                                row.error ? row.error->sentence() : u"A row was not applied."_s);
                }
            }
            return picture(name);
        },
        patience, parent);
}

Call<QString> *Tour::prove(const QString &expected, QObject *parent)
{
    return new Report<Record>(
        new ReadFullRecord(*m_window.keeper().session(), ObjectType::Contacts, m_recordId, parent),
        [expected](const Record &record) -> Result<QString> {
            if (record.text(u"phone"_s) != expected) {
                return fail(ErrorKind::BadReply,
                            u"The portal has \"%1\" instead of \"%2\"."_s.arg(
                                record.text(u"phone"_s), expected));
            }
            return u"the portal has \"%1\""_s.arg(expected);
        },
        parent);
}

Call<QString> *Tour::revert(QObject *parent)
{
    m_window.showPlace({PageId::Journal, {}});
    auto *button = m_window.page(PageId::Journal)->findChild<QPushButton *>(u"revertRun"_s);
    return new WaitUntil(
        [this, button, pressed = false]() mutable {
            if (!pressed && button->isEnabled()) {
                pressed = true;
                button->click();
            }
            const auto &rows = m_window.keeper().session()->changes().rows();
            return std::any_of(rows.begin(), rows.end(),
                               [](const RowChange &row) { return row.state == RowState::Staged; });
        },
        []() -> Result<QString> { return u"the inverse is staged"_s; }, patience, parent);
}

} // namespace hubkeeper
