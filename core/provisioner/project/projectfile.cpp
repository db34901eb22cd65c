// SPDX-License-Identifier: MIT
#include "provisioner/project/projectfile.h"

#include "base/savefile.h"
#include "base/similarname.h"
#include "provisioner/provisionertext.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto fileName = ".hubkeeper.json"_L1;
constexpr qint64 largestFile = 1 << 20; // Bytes.

/// Reads one member after the other; the first fault counts.
class Reader
{
public:
    Reader(QJsonObject object, const QString &path)
        : m_object(std::move(object))
        , m_path(path)
    {
    }

    [[nodiscard]] QStringList texts(const QString &name)
    {
        const QJsonValue value = take(name);
        QStringList texts;
        if (!value.isUndefined() && !value.isArray())
            refuse(ProvisionerText::tr("\"%1\" is not a list.").arg(name));
        for (const QJsonValue &one : value.toArray()) {
            if (!one.isString())
                refuse(ProvisionerText::tr("\"%1\" holds something that is not a text.").arg(name));
            texts.append(one.toString());
        }
        return texts;
    }

    [[nodiscard]] QString text(const QString &name, const QStringList &words = {})
    {
        const QJsonValue value = take(name);
        if (value.isUndefined())
            return {};
        const QString text = value.toString();
        if (!value.isString() || text.isEmpty())
            refuse(ProvisionerText::tr("\"%1\" is not a text.").arg(name));
        else if (!words.isEmpty() && !words.contains(text))
            refuse(
                ProvisionerText::tr("\"%1\" has to be one of: %2.").arg(name, words.join(u", "_s)));
        return text;
    }

    [[nodiscard]] QSet<QString> rules(const QString &name)
    {
        QSet<QString> ids;
        for (const QString &id : texts(name)) {
            if (const auto known = knownRule(id))
                ids.insert(*known);
            else
                refuse(known.error().what);
        }
        return ids;
    }

    [[nodiscard]] QHash<QString, Severity> severities(const QString &name)
    {
        QHash<QString, Severity> chosen;
        const QJsonValue value = take(name);
        if (!value.isUndefined() && !value.isObject())
            refuse(ProvisionerText::tr("\"%1\" is not an object.").arg(name));
        const QJsonObject object = value.toObject();
        for (auto one = object.begin(); one != object.end(); ++one) {
            const auto known = knownRule(one.key());
            const auto severity = severityFrom(one->toString());
            if (!known)
                refuse(known.error().what);
            else if (!severity)
                refuse(ProvisionerText::tr(
                           "The severity of %1 has to be one of: error, warning, info.")
                           .arg(*known));
            else
                chosen.insert(*known, *severity);
        }
        return chosen;
    }

    [[nodiscard]] PromotionRules promotion(const QString &name)
    {
        const QJsonValue value = take(name);
        if (value.isUndefined())
            return {};
        const auto rules = promotionRulesFrom(value);
        if (!rules)
            refuse(rules.error().what);
        return rules.value_or(PromotionRules());
    }

    /// What nobody asked for.
    void refuseTheRest()
    {
        if (m_object.isEmpty())
            return;
        const QString name = m_object.begin().key();
        const auto similar = mostSimilarName(name, m_taken);
        refuse(similar ? ProvisionerText::tr("\"%1\" is not known. Did you mean \"%2\"?")
                             .arg(name, *similar)
                       : ProvisionerText::tr("\"%1\" is not known.").arg(name));
    }

    void refuse(const QString &what)
    {
        if (!m_error)
            m_error = fail(ErrorKind::InvalidInput, m_path + u": "_s + what,
                           ProvisionerText::tr("Correct it, or add --no-project-file."))
                          .value();
    }

    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    QJsonValue take(const QString &name)
    {
        m_taken.append(name);
        const QJsonValue value = m_object.value(name);
        m_object.remove(name);
        return value;
    }

    QJsonObject m_object;
    const QString m_path;
    QStringList m_taken;
    std::optional<Error> m_error;
};

/// Of this user or of the system's.
bool isTrusted(const QFileInfo &file)
{
#ifdef Q_OS_UNIX
    return file.ownerId() == ::geteuid() || file.ownerId() == 0;
#else
    Q_UNUSED(file)
    return true;
#endif
}

} // namespace

Result<ProjectFile> parseProjectFile(const QByteArray &content, const QString &path)
{
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(content, &fault);
    Reader reader(document.object(), path);
    if (!document.isObject())
        reader.refuse(ProvisionerText::tr("It is not a JSON object: %1.").arg(fault.errorString()));
    const QDir folder = QFileInfo(path).absoluteDir();
    ProjectFile file;
    file.path = path;
    file.rules.ignored = reader.rules(u"ignore"_s);
    file.rules.only = reader.rules(u"only"_s);
    file.rules.severities = reader.severities(u"severity"_s);
    file.failOn = reader.text(u"failOn"_s, {u"error"_s, u"warning"_s, u"info"_s, u"never"_s});
    file.profile = profileFrom(reader.text(u"server"_s, {u"commercial"_s, u"community"_s}));
    const QString baseline = reader.text(u"baseline"_s);
    if (!baseline.isEmpty())
        file.baseline = folder.absoluteFilePath(baseline);
    for (const QString &one : reader.texts(u"paths"_s))
        file.paths.append(folder.absoluteFilePath(one));
    file.promotion = reader.promotion(u"promote"_s);
    reader.refuseTheRest();
    if (reader.error())
        return tl::unexpected(*reader.error());
    return file;
}

Result<std::optional<ProjectFile>> findProjectFile(const QString &folder)
{
    QDir place(QFileInfo(folder).canonicalFilePath());
    if (!place.isAbsolute() || !place.exists())
        return std::nullopt;
    const QString home = QFileInfo(QDir::homePath()).canonicalFilePath();
    while (true) {
        const QFileInfo file(place, fileName);
        if (file.isFile() && isTrusted(file)) {
            return readFile(file.filePath(), largestFile)
                .and_then([&](const QByteArray &content) {
                    return parseProjectFile(content, file.filePath());
                })
                .map([](const ProjectFile &found) { return std::optional(found); });
        }
        const bool isEnd = place.path() == home || QFileInfo::exists(place.filePath(u".git"_s));
        if (isEnd || !place.cdUp())
            return std::nullopt;
    }
}

} // namespace hubkeeper
