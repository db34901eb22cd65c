// SPDX-License-Identifier: MIT
#include "options.h"

#include <QRegularExpression>
#include <QString>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// CLI11's own check prints the words twice.
CLI::Validator oneOf(const std::vector<std::string> &words)
{
    CLI::Validator check(CLI::IsMember {words});
    check.description("");
    return check;
}

/// What CLI::Range lets through: not a number.
std::string faultOfTimeLimit(const std::string &text)
{
    const double seconds = QString::fromStdString(text).toDouble();
    return seconds >= 0.1 && seconds <= 604'800.0 ? std::string()
                                                  : "must be from 0.1 to 604800 seconds";
}

} // namespace

std::string refusalOfEmpty(const std::string &text)
{
    return text.empty() ? "must not be empty" : std::string();
}

CLI::Option *addWords(CLI::App &verb, const std::string &names, std::string &value,
                      const std::vector<std::string> &words, const std::string &help)
{
    return verb.add_option(names, value, help)->check(oneOf(words))->type_name(joinedWords(words));
}

CLI::Option *addWords(CLI::App &verb, const std::string &names, std::optional<std::string> &value,
                      const std::vector<std::string> &words, const std::string &help)
{
    return verb.add_option(names, value, help)->check(oneOf(words))->type_name(joinedWords(words));
}

Result<QString> colorFrom(const std::string &text)
{
    static const QRegularExpression rgb(u"^#[0-9a-f]{6}\\z"_s);
    const QString color = QString::fromStdString(text).toLower();
    if (color == "none"_L1)
        return QString();
    if (rgb.match(color).hasMatch())
        return color;
    return fail(ErrorKind::InvalidInput,
                u"\"%1\" is not a color."_s.arg(QString::fromStdString(text)),
                u"Use --color '#c01c28', or --color none."_s);
}

QStringList listOf(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts)
        list.append(QString::fromStdString(text));
    return list;
}

std::string joinedWords(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : "|") + word;
    return text;
}

CLI::Option *addTimeLimit(CLI::App &verb, double &seconds)
{
    CLI::Validator check(faultOfTimeLimit, "");
    return verb.add_option("--timeout", seconds, "Give up after so many seconds (exit code 4)")
        ->check(check)
        ->type_name("SECONDS");
}

CLI::Option *addFormat(CLI::App &verb, std::string &format, const std::vector<std::string> &words)
{
    return addWords(verb, "--format", format, words, "How it is shown");
}

} // namespace hubkeeper::cli
