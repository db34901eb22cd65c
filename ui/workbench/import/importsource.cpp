// SPDX-License-Identifier: MIT
#include "workbench/import/importsource.h"

#include "base/savefile.h"
#include "tables/clipboardcells.h"
#include "tables/csv.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct SourceText
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::ImportSource)
};

} // namespace

QString ImportSource::name() const
{
    return isClipboard() ? SourceText::tr("Clipboard") : QFileInfo(path).fileName();
}

Result<ImportSource> sourceFromClipboard(const QString &text, const QString &parent)
{
    if (text.trimmed().isEmpty())
        return fail(ErrorKind::InvalidInput, SourceText::tr("The clipboard holds no text."),
                    SourceText::tr("Copy a table with its header in a spreadsheet first."));
    QDir().mkpath(parent);
    ImportSource source;
    source.folder = std::make_shared<QTemporaryDir>(QDir(parent).filePath(u"import-XXXXXX"_s));
    if (!source.folder->isValid())
        return fail(
            ErrorKind::NotSaved,
            SourceText::tr("%1 cannot be written: %2").arg(parent, source.folder->errorString()));
    source.path = source.folder->filePath(SourceText::tr("Clipboard") + u".csv"_s);
    QByteArray content;
    source.options.encoding = u"UTF-8"_s;
    if (text.contains(u'\t')) {
        source.options.separator = u","_s;
        source.options.quote = u"\""_s;
        for (const QStringList &cells : cellsFromClipboard(text))
            content += csvLine(cells, Formulas::Keep);
    } else {
        content = text.toUtf8();
    }
    if (const auto saved = saveFile(source.path, content, FileMode::KeepOrPrivate); !saved)
        return tl::unexpected(saved.error());
    return source;
}

} // namespace hubkeeper
