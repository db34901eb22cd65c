// SPDX-License-Identifier: MIT
#include "commands.h"
#include "differencetext.h"
#include "options.h"
#include "provisioner/confidential/confidentialtexts.h"
#include "provisioner/confidential/maskeddiff.h"
#include "provisionerfiles.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct DiffArguments
{
    std::string before;
    std::string after;
    bool asText = false;
};

struct NamedText
{
    QString path;
    JsonText text;
};

Result<NamedText> read(const std::string &path, Services &services)
{
    const QString name = QString::fromStdString(path);
    return bytesOf(name, services).map([&name](const QByteArray &bytes) {
        return NamedText {name, JsonText(bytes)};
    });
}

Result<void> checkIsJson(const NamedText &file)
{
    if (file.text.isValid())
        return {};
    const auto &faults = file.text.faults();
    const TextPosition place =
        faults.empty() ? TextPosition {} : file.text.positionOf(faults.front().at.begin);
    const QString why = faults.empty() ? u"It is empty."_s : shownFault(file.text, faults.front());
    return fail(ErrorKind::InvalidInput,
                u"%1, line %2, column %3: %4"_s.arg(file.path, QString::number(place.line),
                                                    QString::number(place.column), why),
                u"Fix it, or compare with --text."_s);
}

int diffTexts(const NamedText &before, const NamedText &after, Output &output)
{
    const bool equal = before.text.bytes() == after.text.bytes();
    const QByteArray diff = maskedDiff(before.text, after.text, before.path, after.path);
    if (output.json)
        output.result(QJsonObject {{u"equal"_s, equal}, {u"diff"_s, QString::fromUtf8(diff)}});
    else
        output.text(diff);
    return equal ? Done : Findings;
}

int diffMeanings(const NamedText &before, const NamedText &after, Output &output)
{
    for (const NamedText *file : {&before, &after}) {
        if (const auto usable = checkIsJson(*file); !usable)
            return output.failure(usable.error());
    }
    const QList<MeaningChange> changes = meaningDiff(before.text, after.text);
    QJsonArray list;
    for (const MeaningChange &change : changes) {
        list.append(asJson(change));
        if (!output.json)
            output.line(lineOf(change));
    }
    if (output.json)
        output.result(QJsonObject {{u"equal"_s, changes.isEmpty()}, {u"changes"_s, list}});
    return changes.isEmpty() ? Done : Findings;
}

int runDiff(const DiffArguments &arguments, Services &services)
{
    const auto before = read(arguments.before, services);
    if (!before)
        return services.output.failure(before.error());
    const auto after = read(arguments.after, services);
    if (!after)
        return services.output.failure(after.error());
    return arguments.asText ? diffTexts(*before, *after, services.output)
                            : diffMeanings(*before, *after, services.output);
}

} // namespace

void addDiffCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "diff", "Compare two provisioners by meaning, secrets masked", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<DiffArguments>();
                verb.add_option("A", arguments->before, "First file, or - for standard input")
                    ->required()
                    ->type_name(fileArgument);
                verb.add_option("B", arguments->after, "Second file, or - for standard input")
                    ->required()
                    ->type_name(fileArgument);
                verb.add_flag("--text", arguments->asText, "Line by line instead");
                return Run(
                    [arguments](Services &services) { return runDiff(*arguments, services); });
            });
}

} // namespace hubkeeper::cli
