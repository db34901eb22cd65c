// SPDX-License-Identifier: MIT
#include "workbench/import/importcommand.h"

#include "net/shellquote.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString separatorWord(const QString &separator)
{
    return separator == u',' ? u"comma"_s
        : separator == u';'  ? u"semicolon"_s
        : separator == u'\t' ? u"tab"_s
        : separator == u'|'  ? u"pipe"_s
        : separator == u' '  ? u"space"_s
        : separator == u':'  ? u"colon"_s
                             : separator;
}

QStringList tableWords(const TableOptions &table)
{
    QStringList words;
    if (table.encoding)
        words << u"--encoding"_s << *table.encoding;
    if (table.separator)
        words << u"--separator"_s << separatorWord(*table.separator);
    if (table.quote)
        words << u"--quote"_s
              << (*table.quote == u'"'        ? u"double"_s
                      : *table.quote == u'\'' ? u"single"_s
                                              : u"none"_s);
    if (table.headerRow)
        words << u"--header"_s << QString::number(*table.headerRow);
    else if (table.hasHeader)
        words << u"--header"_s << (*table.hasHeader ? u"yes"_s : u"no"_s);
    if (table.sheet)
        words << u"--sheet"_s << *table.sheet;
    return words;
}

} // namespace

QString importCommand(const QString &provisioner, const ImportRequest &request,
                      const ColumnMapping &proposed)
{
    QStringList words {u"hubkeeper-cli"_s,
                       u"import"_s,
                       request.path,
                       u"--connection"_s,
                       provisioner,
                       u"--object"_s,
                       request.type == ObjectType::Contacts ? u"contact"_s : u"company"_s,
                       u"--match"_s,
                       request.match};
    if (request.mode != ImportMode::CreateOrUpdate)
        words << u"--mode"_s << (request.mode == ImportMode::Create ? u"create"_s : u"update"_s);
    if (request.emptyClears)
        words << u"--empty"_s << u"clear"_s;
    if (request.removesOtherLinks)
        words << u"--associations"_s << u"replace"_s;
    if (request.dates != DateOrder::Unknown)
        words << u"--dates"_s << (request.dates == DateOrder::DayMonthYear ? u"dmy"_s : u"mdy"_s);
    if (request.isGuarded)
        words << u"--guard"_s;
    words += tableWords(request.table);
    QStringList named;
    for (qsizetype i = 0; i < proposed.columns.size(); ++i) {
        const QString &column = proposed.columns[i];
        const QString wanted = request.columns.value(column);
        if (wanted != proposed.properties[i] && !named.contains(column)) {
            words << u"--column"_s << column + u'=' + wanted;
            named.append(column);
        }
    }
    for (QString &word : words)
        word = shellWord(word);
    return words.join(u' ');
}

} // namespace hubkeeper
