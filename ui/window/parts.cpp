// SPDX-License-Identifier: MIT
#include "window/parts.h"

#include "changes/changesdock.h"
#include "configuration/configurationpage.h"
#include "journal/journalpage.h"
#include "overview/overviewpage.h"
#include "problems/problemsdock.h"
#include "provisioner/document/draftfile.h"
#include "provisioner/rules/datedrules.h"
#include "records/recordspage.h"
#include "requests/requestsdock.h"
#include "schema/schemapage.h"
#include "scripts/scriptspage.h"
#include "window/mainwindow.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

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
    window.addPage(
        new RecordsPage(ObjectType::Contacts, window.masking(), window.settings(), &window));
    window.addPage(
        new RecordsPage(ObjectType::Companies, window.masking(), window.settings(), &window));
    window.addPage(new JournalPage(window.masking(), &window));
    window.addPanel(new ChangesDock(window.masking(), &window));
    auto *problems = new ProblemsDock(*configuration->findings(), &window);
    problems->setPlace([configuration] { return configuration->place(); });
    window.addPanel(problems);
    window.addPanel(new RequestsDock(window.masking(), &window));
    window.complete();
}

} // namespace hubkeeper
