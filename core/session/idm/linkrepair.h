// SPDX-License-Identifier: MIT
#pragma once

#include "idm/links/linkfaults.h"
#include "idm/writing/linkwrite.h"
#include "session/idm/serversession.h"

namespace hubkeeper {

/// Which links are looked at, and how closely.
struct LinkQuestion
{
    QString mapping;
    /// A run whose FOUND_ALREADY_LINKED entries name links that keep a target; empty: none.
    QString runId;
    bool looksForOrphans = true; ///< Reads the ids of both sides.
    /// Asks for each missing object by its id before its link counts as an orphan: a list that is
    /// read in pages can miss one.
    bool looksTwice = false;
};

/// The links of a mapping, and which of them are at fault.
struct LinkSurvey
{
    LinkUse use;
    QList<ServerLink> links;
    QList<FaultyLink> faulty;
    /// Why a side was not compared: it cannot be read, or has no object at all, which would make
    /// every link an orphan. Empty: both were.
    QStringList notCompared;
};

/// Reads a mapping's links, and the ids of both sides. progressed() counts what is read. Fails as
/// readMappingList(), linkUseOf(), readLinks() and readPages(); a side that cannot be read is said
/// in the survey.
[[nodiscard]] Call<LinkSurvey> *surveyLinks(ServerSession &session, const LinkQuestion &question,
                                            QObject *parent);

/// Links to be deleted, as a file that can be reviewed: bound to its server.
struct LinkPlan
{
    QString server; ///< Id.
    QString label; ///< Of the server, for people.
    QString mapping;
    QList<FaultyLink> links;
};

/// The plan's file, which is the roll-back file as well.
[[nodiscard]] QByteArray textOf(const LinkPlan &plan);
/// Fails with InvalidInput for another kind of file.
[[nodiscard]] Result<LinkPlan> linkPlanFrom(const QByteArray &text);
/// A plan for another server is refused.
[[nodiscard]] Result<void> checkPlan(const LinkPlan &plan, const Server &server);

/// What became of a repair.
struct LinkRepairReport
{
    ServerWriteReport written;
    QString rollbackFile;
    qsizetype planned = 0; ///< Links that were to be written.
};

/// Deletes the links of a plan, each only if it is what the plan says, by writeToServer(); they are
/// saved as a roll-back file before. `wantsStop` is asked before each. Fails as checkPlan(), with
/// NotSaved and as writeToServer().
[[nodiscard]] Call<LinkRepairReport> *repairLinks(ServerSession &session,
                                                  const SessionServices &services,
                                                  std::shared_ptr<Journal> journal,
                                                  const LinkPlan &plan, const QString &note,
                                                  std::function<bool()> wantsStop, QObject *parent);

/// Makes the links of a roll-back file again, under their old ids. Fails likewise.
[[nodiscard]] Call<LinkRepairReport> *
restoreLinks(ServerSession &session, const SessionServices &services,
             std::shared_ptr<Journal> journal, const LinkPlan &plan, const QString &note,
             std::function<bool()> wantsStop, QObject *parent);

} // namespace hubkeeper
