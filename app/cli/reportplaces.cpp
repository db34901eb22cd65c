// SPDX-License-Identifier: MIT
#include "reportplaces.h"

#include "base/savefile.h"
#include "options.h"

#include <QFileInfo>
#include <QSet>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

const std::vector<std::string> &formatWords()
{
    static const std::vector<std::string> words {"text", "json", "sarif", "junit", "github"};
    return words;
}

/// "sarif", "sarif=FILE"; what is wrong with another text, as the parser shows it.
std::string faultOfFormat(const std::string &text)
{
    const size_t sign = text.find('=');
    const std::string format = text.substr(0, sign);
    const auto &words = formatWords();
    if (std::find(words.begin(), words.end(), format) == words.end())
        return format + " not in {" + joinedWords(words) + "}";
    return sign == std::string::npos || sign + 1 < text.size() ? "" : "names no file after =";
}

ReportPlace placeOf(const std::string &text)
{
    const QString whole = QString::fromStdString(text);
    const qsizetype sign = whole.indexOf(u'=');
    return {*reportFormatFrom(sign < 0 ? whole : whole.first(sign)),
            sign < 0 ? QString() : whole.mid(sign + 1)};
}

} // namespace

void ReportOptions::addTo(CLI::App &verb)
{
    CLI::Validator check([](std::string &text) { return faultOfFormat(text); }, std::string());
    verb.add_option("--format", formats,
                    "How it is shown; FORMAT=FILE writes that form to a file; may be repeated")
        ->take_all()
        ->allow_extra_args(false)
        ->check(check)
        ->type_name(joinedWords(formatWords()));
    verb.add_option("-o,--output", output,
                    "Write to this file, whole or not at all, instead of standard output")
        ->type_name(fileArgument);
}

Result<QList<ReportPlace>> ReportOptions::places(bool json) const
{
    QList<ReportPlace> places;
    for (const std::string &text : formats)
        places.append(placeOf(text));
    const bool goesToOutput = std::any_of(places.begin(), places.end(),
                                          [](const ReportPlace &one) { return !one.isFile(); });
    if (places.isEmpty() || (!goesToOutput && (json || !output.empty())))
        places.append({json ? ReportFormat::Json : ReportFormat::Text, {}});
    QSet<QString> taken;
    for (ReportPlace &place : places) {
        if (!place.isFile())
            place.file = QString::fromStdString(output);
        const QString file = place.isFile() ? QFileInfo(place.file).absoluteFilePath() : QString();
        if (taken.contains(file))
            return fail(ErrorKind::InvalidInput,
                        u"Two forms would go to %1."_s.arg(place.isFile() ? place.file
                                                                          : u"standard output"_s),
                        u"Give each a file of its own, as in --format sarif=findings.sarif "
                        "--format text."_s);
        taken.insert(file);
    }
    return places;
}

Result<void> writeReport(const ReportPlace &place, const QByteArray &report, Output &output)
{
    if (place.isFile())
        return saveFile(place.file, report, FileMode::KeepOrDefault);
    const bool isForPeople =
        place.format == ReportFormat::Text || place.format == ReportFormat::GitHub;
    const bool isJson = place.format == ReportFormat::Json || place.format == ReportFormat::Sarif;
    if (isForPeople)
        output.text(report);
    else
        output.raw(isJson ? safeJson(report) : safeXml(report));
    return {};
}

} // namespace hubkeeper::cli
