// SPDX-License-Identifier: MIT
#pragma once

#include "idm/writing/serverwrite.h"

#include <functional>
#include <optional>

namespace hubkeeper {

/// What a server has now of one thing that may not be there: nothing is an answer too. Parts of
/// the writes of this room.
template <typename T>
class ReadingPresent final : public Call<std::optional<T>>
{
public:
    /// Begins to read it, as a call of the parent.
    using Read = std::function<Call<T> *(QObject *parent)>;

    ReadingPresent(const Read &read, QObject *parent)
        : Call<std::optional<T>>(parent)
    {
        this->always(read(this), [this](const Result<T> &found) {
            if (found)
                this->complete(std::optional<T>(*found));
            else if (found.error().kind == ErrorKind::NotFound)
                this->complete(std::optional<T>());
            else
                this->complete(tl::unexpected(found.error()));
        });
    }
};

/// Fails unless the server still has what a write was decided by.
template <typename T>
class CheckingPresent final : public Call<void>
{
public:
    /// A conflict, or nothing.
    using Judge = std::function<Result<void>(const std::optional<T> &now)>;

    CheckingPresent(const typename ReadingPresent<T>::Read &read, Judge judge, QObject *parent)
        : Call<void>(parent)
    {
        then(new ReadingPresent<T>(read, this),
             [this, judge = std::move(judge)](const std::optional<T> &now) {
                 complete(judge(now));
             });
    }
};

/// Finds out what became of a write, by what is there now: a lost answer says nothing.
template <typename T>
class ProvingPresent : public Call<ServerWriteProof>
{
protected:
    ProvingPresent(const typename ReadingPresent<T>::Read &read, JournalRow row,
                   const Result<IdmReply> &reply, QObject *parent)
        : Call<ServerWriteProof>(parent)
    {
        m_proof.row = std::move(row);
        if (!reply)
            m_failure = reply.error();
        always(new ReadingPresent<T>(read, this),
               [this](const Result<std::optional<T>> &now) { judge(now); });
    }

    /// Has to finish().
    virtual void judge(const Result<std::optional<T>> &now) = 0;

    void finish(QLatin1StringView outcome, const std::optional<Error> &failure)
    {
        m_proof.outcome = outcome;
        m_proof.failure = failure;
        complete(m_proof);
    }

    /// What the journal has of it afterwards.
    [[nodiscard]] CellChange &cell() { return m_proof.row.cells[QString()]; }
    /// Why the server did not take it, or its answer was lost.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }

private:
    ServerWriteProof m_proof;
    std::optional<Error> m_failure;
};

} // namespace hubkeeper
