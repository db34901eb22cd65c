// SPDX-License-Identifier: MIT
#include "workbench/repairs/repaircommand.h"

#include "workbench/subject/recordssubject.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QStringList repairCommand(const QString &provisioner, ObjectType type, const QString &recipe,
                          const RecordRepairRequest &request, const QStringList &records)
{
    QStringList words {u"hubkeeper-cli"_s, u"repair"_s, u"run"_s,      recipe,
                       u"--connection"_s,  provisioner, u"--object"_s, commandWord(type)};
    words += records;
    for (const QString &property : request.properties)
        words << u"--column"_s << property;
    const RepairSettings &settings = request.settings;
    if (!settings.country.isEmpty())
        words << u"--country"_s << settings.country;
    if (!settings.language.isEmpty())
        words << u"--language"_s << settings.language;
    if (settings.dates != DateHabits::Unknown)
        words << u"--dates"_s << (settings.dates == DateHabits::DayMonthYear ? u"dmy"_s : u"mdy"_s);
    return words;
}

} // namespace hubkeeper
