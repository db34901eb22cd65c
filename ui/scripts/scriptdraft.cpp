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
            qCWarning(lcUi) << saved.error().what;
    });
    if (QFileInfo::exists(m_path))
        m_text = QString::fromUtf8(readFile(m_path, largestFile).value_or(QByteArray()));
}

ScriptDraft::~ScriptDraft()
{
    (void)save(); // There is nobody left to tell.
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
    m_dirty = false;
    if (m_text.isEmpty()) {
        QFile::remove(m_path);
        return {};
    }
    if (const auto made = makePrivateFolder(QFileInfo(m_path).path()); !made)
        return made;
    const auto saved = saveFile(m_path, m_text.toUtf8(), FileMode::KeepOrPrivate);
    m_dirty = !saved;
    return saved;
}

} // namespace hubkeeper
