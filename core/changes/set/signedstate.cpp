// SPDX-License-Identifier: MIT
#include "changes/set/signedstate.h"

#include "base/poolcall.h"
#include "changes/changestext.h"
#include "changes/set/signedchanges.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

class Comparing
{
public:
    explicit Comparing(std::shared_ptr<const SignedChanges> file)
        : m_file(std::move(file))
    {
    }

    void add(const RowChange &row)
    {
        ++m_rows;
        if (m_file && m_file->contains(row))
            return;
        if (m_state.changed++ == 0)
            m_state.firstChanged = row.label;
    }

    [[nodiscard]] SignedState finish()
    {
        const qint64 there = m_rows - m_state.changed;
        m_state.missing =
            m_file ? std::max<qint64>(0, m_file->rowCount() - m_file->gone - there) : 0;
        // A row that was changed is one of the missing ones, too.
        m_state.missing = std::max<qint64>(0, m_state.missing - m_state.changed);
        return m_state;
    }

private:
    const std::shared_ptr<const SignedChanges> m_file;
    SignedState m_state;
    qint64 m_rows = 0;
};

Result<SignedState> compareStored(const QString &storePath,
                                  const std::shared_ptr<const SignedChanges> &signedAs,
                                  const std::stop_token &stop)
{
    const auto file = ChangeFile::openToRead(storePath);
    if (!file)
        return tl::unexpected(file.error());
    try {
        constexpr int block = 500;
        Comparing comparing(signedAs);
        for (qint64 next = 0; !stop.stop_requested();) {
            const std::vector<NumberedRow> rows = (*file)->rowsFrom(next, block);
            for (const NumberedRow &row : rows)
                comparing.add(*row.row);
            if (int(rows.size()) < block)
                break;
            next = rows.back().sequence + 1;
        }
        return comparing.finish();
    } catch (const std::exception &thrown) {
        return fail(ErrorKind::Storage,
                    ChangesText::tr("The staged changes cannot be read: %1.")
                        .arg(QString::fromUtf8(thrown.what())));
    }
}

class CompareWithSigned final : public Call<SignedState>
{
public:
    CompareWithSigned(ChangeSet &changes, QObject *parent)
        : Call(parent)
        , m_changes(changes)
    {
        then(changes.flush(this), [this] { compare(); });
    }

private:
    void compare()
    {
        const auto signedAs = m_changes.signedAs();
        if (const QString path = m_changes.storePath(); !path.isEmpty()) {
            const auto work = [path, signedAs](const std::stop_token &stop) {
                return compareStored(path, signedAs, stop);
            };
            return start(work);
        }
        const auto work = [rows = m_changes.rows(), signedAs](const std::stop_token &) {
            Comparing comparing(signedAs);
            for (const RowChange &row : rows)
                comparing.add(row);
            return Result<SignedState>(comparing.finish());
        };
        start(work);
    }

    template <typename Work>
    void start(Work work)
    {
        then(new PoolCall<SignedState>(work, this),
             [this](const SignedState &state) { complete(state); });
    }

    ChangeSet &m_changes;
};

} // namespace

QString SignedState::sentence() const
{
    if (changed > 0)
        //: %1 is a number, %2 what a record is called.
        return ChangesText::tr("Rows that are not as they were signed: %1, the first one is %2.")
            .arg(QString::number(changed), firstChanged);
    if (missing > 0)
        return ChangesText::tr("Rows that were signed and taken out since: %1.").arg(missing);
    return {};
}

Call<SignedState> *compareWithSigned(ChangeSet &changes, QObject *parent)
{
    return new CompareWithSigned(changes, parent);
}

} // namespace hubkeeper
