// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "reconcile/overlay/overlaylinks.h"
#include "reconcile/overlay/overlayobjects.h"
#include "reconcile/scripts/hostedscripts.h"

namespace hubkeeper {

/// What implicit synchronisation of another mapping would do because of what the run writes.
struct ImplicitEntry
{
    QString mapping;
    ReconEntry entry;
};

/// Where a preview keeps what it works on.
struct PreviewPlace
{
    MakeShelf makeShelf;
    std::unique_ptr<OverlayLinks> links;
    bool keepsSent = true; ///< Whether Preview::sent() has every write.

    [[nodiscard]] static PreviewPlace inMemory();
};

/// Who gets what a run comes to, as it comes. Where one is set, nobody else keeps it.
struct PreviewSinks
{
    EntrySink entry;
    std::function<void(const ImplicitEntry &)> implicit;
};

/// What a run would do, without doing it: over both sides, the links and the mappings. One after
/// the other, runs go on from where the one before ended. In the thread that made it; waits for
/// scripts.
class Preview
{
public:
    explicit Preview(SyncMappings mappings, PreviewPlace place = PreviewPlace::inMemory(),
                     const ScriptSession::Bounds &bounds = {});

    /// Filled before the first run. Typed as the preview reads them: see readPreviewSet().
    [[nodiscard]] OverlayObjects &objects() { return m_objects; }
    [[nodiscard]] const OverlayObjects &objects() const { return m_objects; }
    [[nodiscard]] OverlayLinks &links() const { return *m_links; }
    [[nodiscard]] const SyncMappings &mappings() const { return m_mappings; }

    [[nodiscard]] ReconResult run(const QString &mapping, const ReconRequest &request,
                                  std::stop_token stop = {}, const ReconObserver &observer = {},
                                  PreviewSinks sinks = {});

    /// What an ordinary call to the server would do (ScriptBridge has the operations), with the
    /// implicit synchronisation that it starts.
    [[nodiscard]] QJsonObject call(const QString &operation, const QJsonArray &arguments);

    /// Objects that are not as they were before all runs, by collection and in their order.
    void visitChanges(const std::function<void(const ObjectChange &)> &visit) const;
    /// Everything that connectors were sent, by collection and in its order.
    [[nodiscard]] std::vector<SentWrite> sent() const;
    /// Of the last run or call, where no sink got them.
    [[nodiscard]] const std::vector<ImplicitEntry> &implicitEntries() const { return m_implicit; }
    /// An id that was made up here.
    [[nodiscard]] bool isNew(const QString &collection, const QString &id) const;

private:
    struct Pending
    {
        QString collection;
        SourceChange change;
    };

    void onChange(const QString &collection, const SourceChange &change);
    void synchroniseOthers(const QString &collection, const SourceChange &change);
    void doPending();
    void take(const ImplicitEntry &entry);

    const SyncMappings m_mappings;
    OverlayObjects m_objects;
    const std::unique_ptr<OverlayLinks> m_links;
    HostedScripts m_scripts;
    const SyncWorld m_world;
    std::vector<Pending> m_pending; ///< Created and deleted: their links follow a moment later.
    std::vector<ImplicitEntry> m_implicit;
    PreviewSinks m_sinks; ///< Of the run.
    int m_depth = 0;
};

} // namespace hubkeeper
