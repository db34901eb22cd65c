// SPDX-License-Identifier: MIT
#include "changes/review/changereview.h"

#include "base/poolcall.h"
#include "changes/changestext.h"
#include "changes/review/changequery.h"
#include "changes/set/changeset.h"

#include <QRandomGenerator>

#include <algorithm>

namespace hubkeeper {

namespace {

template <typename T>
using Question = std::function<T(ChangeFile &, const std::stop_token &)>;

template <typename T>
Result<T> answered(const Question<T> &question, Result<std::unique_ptr<ChangeFile>> file,
                   const std::stop_token &stop)
{
    if (!file)
        return tl::unexpected(file.error());
    try {
        return question(**file, stop);
    } catch (const std::exception &thrown) {
        return fail(ErrorKind::Storage,
                    ChangesText::tr("The staged changes cannot be read: %1.")
                        .arg(QString::fromUtf8(thrown.what())));
    }
}

/// Rows that no file has, in one.
std::unique_ptr<ChangeFile> copyOf(const std::vector<NumberedRow> &rows)
{
    auto file = ChangeFile::inMemory();
    for (const NumberedRow &row : rows) {
        if (row.row)
            file->put(row.sequence, *row.row);
    }
    return file;
}

template <typename T>
class Asking final : public Call<T>
{
public:
    Asking(ChangeSet &changes, Question<T> question, QObject *parent)
        : Call<T>(parent)
    {
        if (const QString path = changes.storePath(); !path.isEmpty()) {
            const auto ask = [path, question](const std::stop_token &stop) {
                return answered(question, ChangeFile::openToRead(path), stop);
            };
            this->then(changes.flush(this), [this, ask] { pass(ask); });
            return;
        }
        std::vector<NumberedRow> rows;
        changes.index().forEach([&](const RowIndex::Slot &slot) {
            rows.push_back({slot.sequence, changes.rowOf(slot.sequence)});
            return true;
        });
        pass([rows = std::move(rows), question](const std::stop_token &stop) {
            return answered(question, copyOf(rows), stop);
        });
    }

private:
    void pass(typename PoolCall<T>::Work work)
    {
        this->always(new PoolCall<T>(std::move(work), this),
                     [this](const Result<T> &answer) { this->complete(answer); });
    }
};

} // namespace

Call<std::vector<VerbGroup>> *groupChanges(ChangeSet &changes, const ReviewFilter &filter,
                                           const ReviewWords &words, QObject *parent)
{
    return new Asking<std::vector<VerbGroup>>(
        changes,
        [filter, words](ChangeFile &file, const std::stop_token &stop) {
            return ChangeQuery(file, words, stop).groups(filter);
        },
        parent);
}

Call<std::vector<qint64>> *findChanges(ChangeSet &changes, const ReviewFilter &filter,
                                       const ReviewWords &words, QObject *parent)
{
    return new Asking<std::vector<qint64>>(
        changes,
        [filter, words](ChangeFile &file, const std::stop_token &stop) {
            return ChangeQuery(file, words, stop).rows(filter);
        },
        parent);
}

Call<RowsByRun> *findRowsLeft(ChangeSet &changes, QObject *parent)
{
    return new Asking<RowsByRun>(
        changes,
        [](ChangeFile &file, const std::stop_token &stop) {
            return ChangeQuery(file, {}, stop).rowsLeft();
        },
        parent);
}

std::vector<qint64> sampleOf(std::vector<qint64> rows, int count)
{
    std::vector<qint64> sample;
    std::sample(rows.begin(), rows.end(), std::back_inserter(sample), count,
                *QRandomGenerator::global());
    return sample;
}

} // namespace hubkeeper
