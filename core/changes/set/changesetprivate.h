// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/addingrows.h"
#include "changes/set/changeset.h"
#include "changes/set/latercall.h"
#include "changes/set/piecework.h"
#include "changes/set/runmarks.h"
#include "changes/set/stagerows.h"

#include <QPointer>

namespace hubkeeper {

class ChangeSet::Private
{
public:
    explicit Private(ChangeSet *owner)
        : q(owner)
        , work(owner)
    {
    }

    void put(const RowKey &key, const std::optional<RowChange> &row, const QString &stepName);
    void revise(const RowKey &key, const std::function<void(RowChange &)> &edit);
    /// Unless a step is open, which reports at its end.
    void publishNow();
    void publish();
    void publishOrder();
    void reportTouched();
    void reportFaults();
    [[nodiscard]] bool inSlices(int size) const;
    void startWork(Piecework::Piece piece, std::function<void()> finished,
                   std::function<bool()> isReady = {});
    void travel(bool back);
    [[nodiscard]] Piecework::Piece swapping(bool back);
    void add(const std::shared_ptr<AddingRows> &rows, const QString &name,
             const QPointer<LaterCall<AddedRows>> &call);
    void drop(std::vector<qint64> sequences, bool undoable, const QString &name);
    /// Rows that made records which associations that are not applied refer to by local ids.
    [[nodiscard]] QSet<qint64> neededCreates() const;
    void addFrom(const std::shared_ptr<RowSource> &source, const QString &name,
                 LaterCall<AddedRows> &call);
    void stage(const std::shared_ptr<StageRows> &job, LaterCall<AddedRows> &call);
    void adopt(const StageRows &added);
    void claim(const QString &run, const std::vector<qint64> &sequences,
               LaterCall<std::vector<qint64>> &call);
    /// Whether `edit` has to wait; it then runs later.
    template <typename Edit>
    [[nodiscard]] bool isLater(Edit edit)
    {
        if (work.isBusy())
            work.later(std::move(edit));
        return work.isBusy();
    }

    ChangeSet *q;
    ChangeBinding binding;
    std::shared_ptr<const SignedChanges> signedAs;
    StagedRows staged;
    RunMarks marks {staged};
    Piecework work;
    int depth = 0;
};

} // namespace hubkeeper
