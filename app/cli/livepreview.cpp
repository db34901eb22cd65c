// SPDX-License-Identifier: MIT
#include "livepreview.h"

#include "session/idm/previewreading.h"
#include "waiting.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

Result<PreviewInput> readLivePreview(ServerSession &session, const PreviewOrder &order,
                                     Services &services)
{
    PreviewWish wish;
    wish.mapping = order.mapping;
    wish.edited = order.edited;
    wish.observer = [&](const QString &what, qint64 rows) {
        services.output.progress(rows > 0 ? u"Reading %1: %2"_s.arg(what).arg(rows)
                                          : u"Reading %1"_s.arg(what));
    };
    return waitFor(readForPreview(session, services.clock, wish, &services.calls),
                   services.interrupt)
        .map([](const std::shared_ptr<PreviewStore> &store) {
            return PreviewInput {store, {}};
        });
}

Result<PreviewOutcome> computedPreview(const PreviewInput &input, const PreviewOrder &order,
                                       Output &output)
{
    std::stop_source stop;
    qint64 looks = 0;
    const auto observe = [&](const ReconProgress &progress) {
        if (Interrupt::wasRequested())
            stop.request_stop();
        if (++looks % 1000 != 0)
            return;
        output.progress(
            progress.inTargetPhase
                ? u"%1 of %2 target objects"_s.arg(progress.targetsDone).arg(progress.targets)
                : u"%1 of %2 source objects"_s.arg(progress.sourcesDone).arg(progress.sources));
    };
    return computePreview(input, order, stop.get_token(), observe);
}

} // namespace hubkeeper::cli
