// SPDX-License-Identifier: MIT
#include "window/recentfiles.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto settingsKey = u"recentFiles"_s;

} // namespace

RecentFiles::RecentFiles(QSettings &settings, QWidget *parent)
    : QMenu(parent)
    , m_settings(settings)
{
    setTitle(tr("Open Recen&t"));
    setToolTipsVisible(true);
    fill();
}

void RecentFiles::add(const QString &path)
{
    QStringList list = files();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    list.removeAll(absolute);
    list.prepend(absolute);
    m_settings.setValue(settingsKey, list.mid(0, mostFiles));
    fill();
    emit listChanged();
}

void RecentFiles::remove(const QString &path)
{
    QStringList list = files();
    list.removeAll(path);
    m_settings.setValue(settingsKey, list);
    fill();
    emit listChanged();
}

QStringList RecentFiles::files() const
{
    return m_settings.value(settingsKey).toStringList();
}

void RecentFiles::fill()
{
    clear();
    const QStringList list = files();
    int number = 1;
    for (const QString &path : list) {
        QString name = QFileInfo(path).fileName();
        name.replace(u'&', u"&&"_s);
        QString folder = QDir::toNativeSeparators(QFileInfo(path).absolutePath());
        folder.replace(u'&', u"&&"_s);
        //: Entry of a list of files: access key, name, folder.
        auto *action =
            addAction(tr("&%1  %2 (%3)").arg(QString::number(number % 10), name, folder));
        action->setToolTip(path);
        connect(action, &QAction::triggered, this, [this, path] { emit chosen(path); });
        ++number;
    }
    if (list.isEmpty()) {
        addAction(tr("No file was opened yet"))->setEnabled(false);
        return;
    }
    addSeparator();
    connect(addAction(tr("&Clear List")), &QAction::triggered, this, &RecentFiles::clearList);
}

void RecentFiles::clearList()
{
    m_settings.remove(settingsKey);
    emit listChanged();
    // Not while the action that asked for it is still being handled.
    QMetaObject::invokeMethod(this, &RecentFiles::fill, Qt::QueuedConnection);
}

} // namespace hubkeeper
