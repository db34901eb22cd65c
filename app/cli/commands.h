// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

// Each adds its verbs to the program: options and work are together in the file named after it.

/// validate: findings of provisioners, offline unless a portal is asked for.
void addValidateCommand(CLI::App &app, Run &chosen);
/// fix: fixes what can be fixed automatically.
void addFixCommand(CLI::App &app, Run &chosen);
/// rules, explain: what validate knows.
void addRuleCommands(CLI::App &app, Run &chosen);
/// diff: two provisioners by meaning or by text.
void addDiffCommand(CLI::App &app, Run &chosen);
/// new: creates a starter provisioner.
void addNewCommand(CLI::App &app, Run &chosen);
/// practice: serves the practice portal in the foreground.
void addPracticeCommand(CLI::App &app, Run &chosen);
/// test, get.
void addReadCommands(CLI::App &app, Run &chosen);
/// search: objects as a table, JSON, JSON Lines, CSV or TSV, as they come.
void addSearchCommand(CLI::App &app, Run &chosen);
/// import: tables into records.
void addImportCommand(CLI::App &app, Run &chosen);
/// repair list, show, check, try, run: recipes.
void addRepairCommands(CLI::App &app, Run &chosen);
/// repair run. `repair` is the verb it belongs to.
void addRepairRunCommand(CLI::App &repair, Run &chosen);
/// report: what is wrong with values.
void addReportCommand(CLI::App &app, Run &chosen);
/// schema, and schema diff: what the connector offers, and how a file differs from it.
void addSchemaCommands(CLI::App &app, Run &chosen);
/// create, update, delete. Contacts and companies go through a change set, so that guard, conflict
/// check, journal and proof are the same as in the window.
void addWriteCommands(CLI::App &app, Run &chosen);
/// script: Script on Connector.
void addScriptCommand(CLI::App &app, Run &chosen);
/// secrets set, forget, where, check.
void addSecretCommands(CLI::App &app, Run &chosen);
/// connect: from client id and secret to a refresh token in the keychain, tested.
void addConnectCommand(CLI::App &app, Run &chosen);
/// connections list, set, show, forget: the local settings of a provisioner.
void addConnectionCommands(CLI::App &app, Run &chosen);
/// rehearse: changes on a practice portal first.
void addRehearseCommand(CLI::App &app, Run &chosen);
/// snapshot take, list, delete, show, diff, stage.
void addSnapshotCommands(CLI::App &app, Run &chosen);
/// duplicates: records of a table that are one.
void addDuplicatesCommand(CLI::App &app, Run &chosen);
/// views list, show, add, set, remove: what the grids of the window keep.
void addViewsCommands(CLI::App &app, Run &chosen);
/// schemas: the shapes of what --json prints.
void addSchemasCommand(CLI::App &app, Run &chosen);
/// changes list, show, check, apply, discard: staged changes and change set files.
void addChangesCommands(CLI::App &app, Run &chosen);
/// changes keys, sign, verify, format: signatures of change sets. `changes` is the verb they belong
/// to.
void addSigningCommands(CLI::App &changes, Run &chosen);
/// policy show, check: the administrator's policy file.
void addPolicyCommands(CLI::App &app, Run &chosen);
/// idm: a connector on an IDM server; status, test, connectors, get, diff.
void addIdmCommands(CLI::App &app, Run &chosen);
/// idm servers list, add, set, forget. `idm` is the verb it belongs to.
void addIdmServerCommands(CLI::App &idm, Run &chosen);
/// idm preview. `idm` is the verb it belongs to.
void addIdmPreviewCommand(CLI::App &idm, Run &chosen);
/// idm mappings list, show, check, get, put. `idm` is the verb they belong to.
void addIdmMappingCommands(CLI::App &idm, Run &chosen);
/// idm deploy, idm rollback. `idm` is the verb they belong to.
void addIdmDeployCommands(CLI::App &idm, Run &chosen);
/// idm recon, idm recon list, idm recon show, idm watch. `idm` is the verb they belong to.
void addIdmReconCommands(CLI::App &idm, Run &chosen);
/// idm links list, repair, restore. `idm` is the verb they belong to.
void addIdmLinkCommands(CLI::App &idm, Run &chosen);
/// idm links of. `links` is the verb it belongs to.
void addIdmLinksOfCommand(CLI::App &links, Run &chosen);
/// idm put, idm delete. `idm` is the verb they belong to.
void addIdmPutCommands(CLI::App &idm, Run &chosen);
/// idm analyze. `idm` is the verb it belongs to.
void addIdmAnalyzeCommand(CLI::App &idm, Run &chosen);
/// idm promote. `idm` is the verb it belongs to.
void addIdmPromoteCommand(CLI::App &idm, Run &chosen);
/// journal list, show, verify, resolve, revert.
void addJournalCommands(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
