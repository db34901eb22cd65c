// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/reconrun.h"

namespace hubkeeper {

/// How a server itself can say what a run would do.
enum class AnalysisWay {
    Analyze, ///< `analyze=true`: documented for commercial servers from 7.5 on (idm-rest 6.1).
    /// A temporary mapping that reports everything and does nothing: community servers.
    ReportMapping,
};

/// The way of a server. Fails with Refused where there is none: a commercial server of an older or
/// an unknown version would accept `analyze` silently and run for real.
[[nodiscard]] Result<AnalysisWay> analysisWayOf(const ServerFacts &facts);

/// The mapping that reports what `name` would find, as an element of the same list: the same
/// source, target, links, correlation and scripts letter for letter; every situation REPORT without
/// postAction, no hooks, no implicit synchronisation, one thread, since a script that is compiled
/// anew fails at random with more (recon-vectors, fact 57). Fails with NotFound for an unknown
/// mapping, and with Refused where the list's links are not certain (fact 41), or one of that
/// name is there. Pure.
[[nodiscard]] Result<QJsonObject> reportMapping(const QJsonObject &sync, const QString &name);

/// The name of the mapping that reports for another.
[[nodiscard]] QString reportMappingName(const QString &mapping);

/// What the server says.
struct AnalysisResult
{
    AnalysisWay way = AnalysisWay::Analyze;
    ServerRun run;
    QList<AuditEntry> entries; ///< Of a REPORT mapping all of them have that action.
    /// Why the REPORT mapping is still there; removeLeftReport() removes it later.
    std::optional<Error> notRemoved;
};

/// Has the server say what a run of the mapping would do.
///
/// - Analyze: after the start the server has to say that it is an analysis; else the run is
///   cancelled and this fails with OutcomeUnknown.
/// - ReportMapping: only if `mayWriteMapping`, else Refused. That it will be written is kept on the
///   disk before and in the journal; it is refused if config/sync has changed since it was read;
///   afterwards the list is what it was before, or without it as it is then.
///
/// Fails as analysisWayOf(), reportMapping(), startRun(), watchRun() and readPages().
[[nodiscard]] Call<AnalysisResult> *analyseOnServer(ServerSession &session,
                                                    const SessionServices &services,
                                                    std::shared_ptr<Journal> journal,
                                                    const QString &mapping, bool mayWriteMapping,
                                                    const WatchOptions &options, QObject *parent);

/// Whether a REPORT mapping may have been left on a server, by what is kept on the disk here.
[[nodiscard]] bool mayHaveLeftReport(const Server &server, const SessionServices &services);

/// Removes a REPORT mapping that could not be removed before. True if there was one. Fails as
/// writeConfig().
[[nodiscard]] Call<bool> *removeLeftReport(ServerSession &session, const SessionServices &services,
                                           std::shared_ptr<Journal> journal, QObject *parent);

} // namespace hubkeeper
