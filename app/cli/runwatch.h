// SPDX-License-Identifier: MIT
#pragma once

#include "idmserver.h"
#include "session/idm/entryexport.h"
#include "session/idm/runresult.h"

namespace CLI {
class Option;
}

namespace hubkeeper::cli {

/// The options of every verb that shows what a run came to.
struct RunOptionsOfVerb
{
    double patience = 600; ///< Seconds in which nothing may happen.
    std::string preview; ///< A file to compare with.
    std::string output; ///< Where the entries go.
    std::string format;

    /// `previewMayBeLive`: --preview may stand without a file.
    void addTo(CLI::App &verb, bool previewMayBeLive = false);
    /// --preview stands without a file: it is to be computed.
    [[nodiscard]] bool wantsLivePreview() const;
    /// The preview, if one is named. Fails as readPredictedRun().
    [[nodiscard]] Result<std::optional<PredictedRun>> predicted() const;
    /// The file for the entries, begun, if one is named. Fails with InvalidInput and NotSaved.
    [[nodiscard]] Result<std::unique_ptr<EntryExport>> entries() const;

private:
    CLI::Option *m_preview = nullptr;
};

/// Watches a run until it is over, showing its progress. Ctrl+C and --timeout end the watching, not
/// the run, and say how to go on.
[[nodiscard]] Result<ServerRun> watched(ServerSession &session, const QString &id, double patience,
                                        Services &services);

/// Reads what a run came to; its entries also go to `entries`, which may be null.
[[nodiscard]] Result<RunResult> resultOf(ServerSession &session, const QString &id,
                                         const std::optional<PredictedRun> &predicted,
                                         EntryExport *entries, Services &services);

/// Ends the file of the entries and says where it is.
[[nodiscard]] Result<void> finishEntries(const RunOptionsOfVerb &options, EntryExport *entries,
                                         Services &services);

} // namespace hubkeeper::cli
