// SPDX-License-Identifier: MIT
#include "window/parts.h"

#include "changes/changefileactions.h"
#include "changes/changesdock.h"
#include "configuration/configurationpage.h"
#include "idm/deploy/deploytab.h"
#include "idm/idmpage.h"
#include "idm/mappings/mappingsview.h"
#include "idm/preview/previewtab.h"
#include "idm/run/runtab.h"
#include "idm/servers/serverconnectors.h"
#include "idm/status/statustab.h"
#include "journal/journalpage.h"
#include "overview/overviewpage.h"
#include "problems/problemsdock.h"
#include "provisioner/document/draftfile.h"
#include "provisioner/rules/datedrules.h"
#include "records/recordsactions.h"
#include "records/recordspage.h"
#include "requests/requestsdock.h"
#include "schema/schemapage.h"
#include "scripts/scriptspage.h"
#include "window/mainwindow.h"
#include "workbench/duplicates/recordsduplicates.h"
#include "workbench/history/recordsasof.h"
#include "workbench/import/recordsimport.h"
#include "workbench/repairs/recordsrepair.h"
#include "workbench/report/recordsreport.h"
#include "workbench/snapshots/snapshotspage.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A page of records, with the import into them.
RecordsPage *addRecords(MainWindow &window, ObjectType type)
{
    auto *page = new RecordsPage(type, window.masking(), window.keeper().services().paths, &window);
    auto *import = new RecordsImport(type, *page, window.masking(), window.settings());
    page->actions().addFileAction(import->importAction());
    page->actions().addAction(import->pasteAction());
    auto *repair = new RecordsRepair(*page, window.settings());
    page->actions().addAction(repair->action());
    auto *report = new RecordsReport(*page, *repair, window.settings());
    page->actions().addAction(report->action());
    auto *asOf = new RecordsAsOf(*page);
    page->actions().addAction(asOf->action());
    auto *duplicates = new RecordsDuplicates(type, *page);
    page->actions().addAction(duplicates->action());
    CurrentSession &keeper = window.keeper();
    QObject::connect(&keeper, &CurrentSession::sessionChanged, import,
                     [import, &keeper] { import->setSession(keeper.session()); });
    QObject::connect(&keeper, &CurrentSession::sessionChanged, repair,
                     [repair, &keeper] { repair->setSession(keeper.session()); });
    QObject::connect(&keeper, &CurrentSession::sessionChanged, report,
                     [report, &keeper] { report->setSession(keeper.session()); });
    QObject::connect(&keeper, &CurrentSession::sessionChanged, asOf,
                     [asOf, &keeper] { asOf->setSession(keeper.session()); });
    QObject::connect(&keeper, &CurrentSession::sessionChanged, duplicates,
                     [duplicates, &keeper] { duplicates->setSession(keeper.session()); });
    window.addPage(page);
    return page;
}

/// The tab of mappings, which also shows files of them.
void addMappings(MainWindow &window, IdmPage &idm)
{
    auto *mappings = new MappingsView(idm.current(), &idm);
    idm.addTab(mappings, MappingsView::tr("Mappings"), IdmPage::Needs::Nothing);
    QObject::connect(mappings, &MappingsView::statusMessage, &idm, &Page::statusMessage);
    idm.setEdits([mappings] { return mappings->unsaved(); },
                 [mappings] { return mappings->save(); });
    window.setOtherFiles(&MappingsView::isForIt, [&window, &idm, mappings](const QString &path) {
        window.showServers();
        idm.showTab(mappings);
        mappings->openFile(path);
    });
}

/// The page of IDM servers with its tabs.
CurrentServer *addIdm(MainWindow &window, ConfigurationPage *configuration)
{
    auto *server = new CurrentServer(window.keeper().services(), &window);
    auto *idm = new IdmPage(*server, &window);
    auto *connectors = new ServerConnectors(*server, idm);
    auto *status = new StatusTab(*server, *connectors, idm);
    auto *deploy = new DeployTab(*server, *connectors, idm);
    idm->addTab(status, IdmPage::tr("Status"));
    idm->addTab(deploy, IdmPage::tr("Deploy"));
    addMappings(window, *idm);
    auto *preview = new PreviewTab(*server, window.masking(), idm);
    idm->addTab(preview, IdmPage::tr("Preview"), IdmPage::Needs::Nothing);
    QObject::connect(preview, &PreviewTab::statusMessage, idm, &Page::statusMessage);
    auto *run = new RunTab(*server, window.masking(), idm);
    idm->addTab(run, IdmPage::tr("Run"));
    run->setPreviewSource([preview] { return preview->outcome(); });
    QObject::connect(preview, &PreviewTab::computed, run, &RunTab::onPreviewComputed);
    QObject::connect(run, &RunTab::statusMessage, idm, &Page::statusMessage);
    idm->setPractice(window.services().startPracticeServer);
    idm->setReload([status, deploy, run](const QWidget *tab) {
        if (tab == status)
            status->look();
        else if (tab == deploy)
            deploy->compare();
        else if (tab == run)
            run->refresh();
    });
    deploy->setSave([configuration] { return configuration->save(); });
    QObject::connect(&window, &MainWindow::practiceOpened, idm, &IdmPage::openPractice);
    QObject::connect(status, &StatusTab::deployWanted, idm,
                     [idm, deploy] { idm->showTab(deploy); });
    QObject::connect(configuration, &ConfigurationPage::documentOpened, idm,
                     [status, deploy](Document *document) {
                         status->setDocument(document);
                         deploy->setDocument(document);
                     });
    CurrentSession &keeper = window.keeper();
    QObject::connect(&keeper, &CurrentSession::sessionChanged, status,
                     [status, &keeper] { status->setSession(keeper.session()); });
    QObject::connect(&keeper, &CurrentSession::connectionChanged, deploy, [deploy, &keeper] {
        deploy->setConnection(keeper.connection() ? keeper.connection()->id : QString());
    });
    QObject::connect(deploy, &DeployTab::goTo, idm, &Page::goTo);
    QObject::connect(deploy, &DeployTab::fileWanted, idm, &Page::fileWanted);
    QObject::connect(deploy, &DeployTab::statusMessage, idm, &Page::statusMessage);
    window.addPage(idm);
    return server;
}

} // namespace

void addParts(MainWindow &window)
{
    auto *overview = new OverviewPage(window.keeper().services().paths, &window);
    window.addPage(overview);
    const QString state = window.keeper().services().paths.state;
    auto *configuration = new ConfigurationPage(draftFolder(state), window.settings(), &window);
    configuration->setDatedRules(DatedRules::forUser(window.keeper().services().paths));
    QObject::connect(configuration, &ConfigurationPage::documentOpened, overview,
                     [overview, configuration](Document *document) {
                         overview->setDocument(document, configuration->findings());
                     });
    overview->setDraft([configuration] { return configuration->draftTime(); });
    QObject::connect(&window.keeper(), &CurrentSession::sessionChanged, overview,
                     [overview, &window] { overview->setFailure(window.keeper().failure()); });
    auto *scripts = new ScriptsPage(state, window.masking(), &window);
    QObject::connect(configuration, &ConfigurationPage::documentOpened, scripts,
                     &ScriptsPage::setDocument);
    window.addPage(configuration);
    auto *schema = new SchemaPage(&window);
    QObject::connect(configuration, &ConfigurationPage::documentOpened, schema,
                     &SchemaPage::setDocument);
    window.addPage(schema);
    window.addPage(scripts);
    RecordsPage *contacts = addRecords(window, ObjectType::Contacts);
    RecordsPage *companies = addRecords(window, ObjectType::Companies);
    auto *journal = new JournalPage(window.masking(), &window);
    window.addPage(journal);
    CurrentServer *server = addIdm(window, configuration);
    window.addPage(new SnapshotsPage(window.masking(), window.keeper().services().paths,
                                     window.services().startRehearsal, &window));
    journal->setServers(server);
    contacts->setServer(server);
    companies->setServer(server);
    auto *changes = new ChangesDock(window.masking(), &window);
    changes->files()->setServices(window.keeper().services());
    window.addPanel(changes);
    auto *problems = new ProblemsDock(*configuration->findings(), &window);
    problems->setPlace([configuration] { return configuration->place(); });
    window.addPanel(problems);
    window.addPanel(new RequestsDock(window.masking(), &window));
    window.complete();
}

} // namespace hubkeeper
