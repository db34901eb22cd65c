// SPDX-License-Identifier: MIT
#include "window/restoredchanges.h"

#include "changes/set/changeset.h"
#include "widgets/messagebar.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct RestoredWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::MainWindow)
};

} // namespace

void showRestored(MessageBar &bar, const Result<RestoredChanges> &restored,
                  const ChangeSet &changes)
{
    const QList<MessageBar::Button> review {{Choice::Changes, RestoredWords::tr("&Review")}};
    if (!restored)
        return bar.showError(restored.error(), Situation::KeepingChanges);
    if (restored->setAside)
        return bar.showError(*restored->setAside, Situation::ReadingDraft);
    if (!restored->takenBy.isEmpty()) {
        return bar.showMessage(
            MessageBar::Warning,
            RestoredWords::tr(
                "The staged changes of this connection are open in another window (%1).")
                .arg(restored->takenBy),
            RestoredWords::tr(
                "What you stage here is apart from them, and is not kept when this window "
                "closes."));
    }
    if (restored->waiting + restored->unknown == 0)
        return; // Nothing is left to do.
    QStringList facts;
    if (restored->waiting > 0)
        facts.append(RestoredWords::tr("%Ln record(s) are waiting.", nullptr, restored->waiting));
    if (restored->unknown > 0)
        facts.append(RestoredWords::tr("%Ln may have been sent.", nullptr, restored->unknown));
    if (restored->applied > 0)
        facts.append(RestoredWords::tr("%Ln were applied.", nullptr, restored->applied));
    bar.showMessage(restored->unknown > 0 ? MessageBar::Warning : MessageBar::Information,
                    RestoredWords::tr("Staged changes from last time were restored."),
                    facts.join(u' '), review);
    bar.setCause(&changes);
}

} // namespace hubkeeper
