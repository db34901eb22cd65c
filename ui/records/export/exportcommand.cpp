// SPDX-License-Identifier: MIT
#include "records/export/exportcommand.h"

#include "net/shellquote.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QStringList formatWords(const TableFiles::Target &target)
{
    const ExportFormat &format = target.format;
    QStringList words;
    const auto byEnding = exportFormatOf(target.path);
    if (!byEnding || byEnding->kind != format.kind)
        words << u"--format"_s << nameOf(format.kind);
    if (format.kind == ExportFormat::Csv && (!byEnding || byEnding->separator != format.separator))
        words << u"--separator"_s
              << (format.separator == u';'        ? u"semicolon"_s
                      : format.separator == u'\t' ? u"tab"_s
                                                  : u"comma"_s);
    if (format.kind == ExportFormat::Csv && format.hasBom)
        words << u"--bom"_s;
    if (format.kind == ExportFormat::Csv && format.isGuarded)
        words << u"--guard"_s;
    if (target.rowsPerFile > 0)
        words << u"--split"_s << QString::number(target.rowsPerFile);
    return words;
}

} // namespace

QString exportCommand(const QString &provisioner, ObjectType type, const ExportPlan &plan,
                      const QStringList &ids)
{
    QStringList words {u"hubkeeper-cli"_s, u"search"_s, provisioner,
                       type == ObjectType::Contacts ? u"contact"_s : u"company"_s};
    QStringList conditions;
    for (const QString &id : ids)
        conditions.append(u"_id eq \"%1\""_s.arg(id));
    if (!conditions.isEmpty())
        words << u"--filter"_s << conditions.join(u" or "_s);
    words << u"--columns"_s
          << (plan.properties.isEmpty() ? u"hs_object_id"_s : plan.properties.join(u','));
    if (plan.hasLabels)
        words << u"--labels"_s;
    for (const ExportedLinks &links : plan.links)
        words << u"--associations"_s << nameOf(links.type) + u'.' + links.key;
    words << formatWords(plan.target) << u"--output"_s << plan.target.path;
    for (QString &word : words)
        word = shellWord(word);
    return words.join(u' ');
}

} // namespace hubkeeper
