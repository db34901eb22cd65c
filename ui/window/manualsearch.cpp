// SPDX-License-Identifier: MIT
#include "window/manualsearch.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto folder = u":/manual"_s;

QString pageTextOf(const QString &name)
{
    QFile file(folder + u'/' + name + u".md"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// In the order in which the contents link to them; what it does not link to comes last.
QStringList names()
{
    QStringList ordered {u"index"_s};
    static const QRegularExpression link(u"\\]\\(([a-z-]+)\\.md"_s);
    const QString contents = pageTextOf(ordered.first());
    for (auto found = link.globalMatch(contents); found.hasNext();)
        ordered.append(found.next().captured(1));
    const QStringList files = QDir(folder).entryList({u"*.md"_s}, QDir::Files, QDir::Name);
    for (const QString &file : files)
        ordered.append(file.chopped(3));
    ordered.removeAll(u"README"_s);
    ordered.removeDuplicates();
    return ordered;
}

QString titleOf(const QString &text)
{
    static const QRegularExpression heading(u"^#+ +(.+)$"_s, QRegularExpression::MultilineOption);
    return heading.match(text).captured(1).trimmed();
}

} // namespace

QList<ManualChapter> searchManual(const QString &text)
{
    QList<ManualChapter> chapters;
    for (const QString &name : names()) {
        const QString content = pageTextOf(name);
        if (content.isEmpty())
            continue;
        const int hits = text.isEmpty() ? 0 : int(content.count(text, Qt::CaseInsensitive));
        if (text.isEmpty() || hits > 0)
            chapters.append({name, titleOf(content), hits});
    }
    return chapters;
}

} // namespace hubkeeper
