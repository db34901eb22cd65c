// SPDX-License-Identifier: MIT
#include "scripts/scriptdraft.h"

#include "base/log.h"
#include "base/paths.h"
#include "base/savefile.h"

#include <QFile>
#include <QFileInfo>

using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr qint64 largestFile = 16 << 20; // Bytes.

} // namespace

ScriptDraft::ScriptDraft(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(500ms);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (const auto saved = save(); !saved)
            emit failed(saved.error());
    });
    if (QFileInfo::exists(m_path))
        m_text = QString::fromUtf8(readFile(m_path, largestFile).value_or(QByteArray()));
}

ScriptDraft::~ScriptDraft()
{
    if (const auto saved = save(); !saved) // Nobody is left to show it.
        qCWarning(lcUi).noquote() << saved.error().sentence();
}

void ScriptDraft::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_dirty = true;
    m_pause.start();
}

Result<void> ScriptDraft::save()
{
    if (!m_dirty)
        return {};
    m_pause.stop();
    if (m_text.isEmpty()) {
        const auto removed = removeFile(m_path);
        m_dirty = !removed;
        return removed;
    }
    if (const auto made = makePrivateFolder(QFileInfo(m_path).path()); !made)
        return made;
    const auto saved = saveFile(m_path, m_text.toUtf8(), FileMode::KeepOrPrivate);
    m_dirty = !saved;
    return saved;
}

} // namespace hubkeeper
