// SPDX-License-Identifier: MIT
#include "window/recentfiles.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RecentFiles::RecentFiles(Settings &settings, QWidget *parent)
    : QMenu(parent)
    , m_settings(settings)
{
    setTitle(tr("Open Recen&t"));
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, this, &RecentFiles::fill); // Other windows add to it, too.
    fill();
}

void RecentFiles::add(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    m_settings.change(setting::recentFiles, [&](QStringList list) {
        list.removeAll(absolute);
        list.prepend(absolute);
        return list.mid(0, mostFiles);
    });
    fill();
    emit listChanged();
}

void RecentFiles::remove(const QString &path)
{
    m_settings.change(setting::recentFiles, [&](QStringList list) {
        list.removeAll(path);
        return list;
    });
    fill();
    emit listChanged();
}

QStringList RecentFiles::files() const
{
    m_settings.refresh();
    return m_settings.value(setting::recentFiles);
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
    m_settings.change(setting::recentFiles, [](const QStringList &) { return QStringList(); });
    emit listChanged();
    // Not while the action that asked for it is still being handled.
    QMetaObject::invokeMethod(this, &RecentFiles::fill, Qt::QueuedConnection);
}

} // namespace hubkeeper
