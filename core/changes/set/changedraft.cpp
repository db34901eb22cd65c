// SPDX-License-Identifier: MIT
#include "changes/set/changedraft.h"

#include "base/log.h"
#include "base/paths.h"
#include "base/savefile.h"

#include <QDateTime>
#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr qint64 largestDraft = 256 << 20;

/// Where a file that cannot be read is kept; never a name in use.
QString asideOf(const QString &path)
{
    QString aside = path + u".unreadable"_s;
    for (int i = 2; QFileInfo::exists(aside); ++i)
        aside = path + u".unreadable%1"_s.arg(i);
    return aside;
}

} // namespace

ChangeDraft::ChangeDraft(QString path, ChangeSet &changes, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_changes(&changes)
{
    m_pause.setInterval(500ms);
    m_patience.setInterval(5s);
    for (QTimer *timer : {&m_pause, &m_patience}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, &ChangeDraft::saveOrTell);
    }
    connect(&changes, &ChangeSet::changed, this, &ChangeDraft::onChanged);
}

ChangeDraft::~ChangeDraft()
{
    if (m_dirty)
        saveOrTell();
}

Result<int> ChangeDraft::start()
{
    m_started = true;
    if (!QFileInfo::exists(m_path))
        return 0;
    const Result<QByteArray> content = readFile(m_path, largestDraft);
    auto rows = content ? ChangeSet::rowsFromJson(*content)
                        : Result<std::vector<RowChange>>(tl::unexpected(content.error()));
    if (!rows) {
        const QString aside = asideOf(m_path);
        Error error = rows.error();
        if (QFile::rename(m_path, aside))
            error.remedy = u"It was kept as %1."_s.arg(aside);
        return tl::unexpected(error);
    }
    const int count = static_cast<int>(rows->size());
    m_changes->setRows(std::move(*rows));
    m_changes->forgetUndo();
    return count;
}

Result<void> ChangeDraft::save()
{
    m_pause.stop();
    m_patience.stop();
    if (!m_changes)
        return {};
    if (m_changes->isEmpty()) {
        if (QFileInfo::exists(m_path) && !QFile::remove(m_path))
            return fail(ErrorKind::Storage, u"The draft %1 cannot be removed."_s.arg(m_path));
    } else {
        if (const auto made = makePrivateFolder(QFileInfo(m_path).path()); !made)
            return made;
        const auto saved = saveFile(m_path, m_changes->toJson(), FileMode::KeepOrPrivate);
        if (!saved)
            return saved;
    }
    m_dirty = false;
    return {};
}

void ChangeDraft::saveOrTell()
{
    const auto saved = save();
    if (saved)
        return;
    qCWarning(lcChanges) << saved.error().what;
    emit failed(saved.error());
}

/// Whether creates are on their way that the file does not know of: after a crash it has to.
bool ChangeDraft::holdsUnsavedCreates() const
{
    const auto &rows = m_changes->rows();
    return std::any_of(rows.begin(), rows.end(), [](const RowChange &row) {
        return row.kind == ChangeKind::Create && row.state == RowState::Sending;
    });
}

void ChangeDraft::onChanged()
{
    if (!m_started)
        return;
    m_dirty = true;
    const bool sending = holdsUnsavedCreates();
    if (sending && !m_sendingSaved) {
        saveOrTell();
    } else {
        m_pause.start();
        if (!m_patience.isActive())
            m_patience.start();
    }
    m_sendingSaved = sending;
}

} // namespace hubkeeper
