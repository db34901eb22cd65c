// SPDX-License-Identifier: MIT
#include "provisioner/rules/datedrules.h"

#include "provisioner/provisionertext.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using Kind = DatedCondition::Kind;

struct KindName
{
    QLatin1StringView key;
    Kind kind;
};

constexpr std::array kindNames {
    KindName {"always"_L1, Kind::Always},
    KindName {"property"_L1, Kind::Property},
    KindName {"objectType"_L1, Kind::ObjectType},
    KindName {"attribute"_L1, Kind::Attribute},
    KindName {"versionBelow"_L1, Kind::VersionBelow},
    KindName {"apiVersion"_L1, Kind::ApiVersion},
    KindName {"textContains"_L1, Kind::TextContains},
};

/// One rule as it is read; every step says which key is wrong.
class DatedRuleReader
{
public:
    explicit DatedRuleReader(const QJsonObject &json)
        : m_json(json)
    {
    }

    [[nodiscard]] Result<DatedRule> read();

private:
    [[nodiscard]] tl::unexpected<Error> invalid(const QString &what) const;
    [[nodiscard]] const char *keep(const QString &text);
    [[nodiscard]] Result<const char *> sentence(QLatin1StringView key);
    [[nodiscard]] Result<void> readTexts();
    [[nodiscard]] Result<void> readDates();
    [[nodiscard]] Result<void> readSeverities();
    [[nodiscard]] Result<void> readCondition();
    [[nodiscard]] Result<void> readCure();
    [[nodiscard]] Result<void> readExample();
    [[nodiscard]] const char *exampleText(const QJsonObject &example, QLatin1StringView key);

    const QJsonObject m_json;
    DatedRule m_rule;
};

tl::unexpected<Error> DatedRuleReader::invalid(const QString &what) const
{
    const QString id = m_json["id"_L1].toString(ProvisionerText::tr("without an id"));
    return fail(ErrorKind::InvalidInput, ProvisionerText::tr("Dated rule %1: %2.").arg(id, what),
                ProvisionerText::tr("The README of resources/rules describes the format."));
}

const char *DatedRuleReader::keep(const QString &text)
{
    m_rule.texts.push_back(text.toUtf8());
    return m_rule.texts.back().constData(); // Stays where it is when the vector grows.
}

Result<const char *> DatedRuleReader::sentence(QLatin1StringView key)
{
    const QString text = m_json[key].toString();
    if (!text.endsWith(u'.') || text.trimmed() != text)
        return invalid(ProvisionerText::tr("%1 is not a sentence").arg(key));
    return keep(text);
}

Result<void> DatedRuleReader::readTexts()
{
    static const QRegularExpression form(u"^(HK8[0-9]{2}|(?!HK)[A-Z]{2,8}[0-9]{3})\\z"_s);
    const QString id = m_json["id"_L1].toString();
    if (!form.match(id).hasMatch())
        return invalid(ProvisionerText::tr("the id is neither HK8 and two digits nor two to eight "
                                           "capitals and three digits of your own"));
    const QString title = m_json["title"_L1].toString();
    const QString source = m_json["source"_L1].toString();
    if (title.isEmpty() || source.isEmpty())
        return invalid(ProvisionerText::tr("title or source is missing"));
    const auto text = sentence("text"_L1);
    const auto effect = sentence("effect"_L1);
    const auto remedy = sentence("remedy"_L1);
    for (const auto *read : {&text, &effect, &remedy}) {
        if (!*read)
            return tl::unexpected(read->error());
    }
    m_rule.message = QString::fromUtf8(*text);
    m_rule.rule.id = keep(id);
    m_rule.rule.stage = RuleStage::Dated;
    m_rule.rule.title = keep(title);
    m_rule.rule.effect = *effect;
    m_rule.rule.remedy = *remedy;
    m_rule.rule.source = keep(source);
    return {};
}

Result<void> DatedRuleReader::readDates()
{
    m_rule.date = QDate::fromString(m_json["date"_L1].toString(), Qt::ISODate);
    if (!m_rule.date.isValid())
        return invalid(ProvisionerText::tr("date is not an ISO date"));
    const QString meaning = m_json["dateIs"_L1].toString(u"end"_s);
    if (meaning != "end"_L1 && meaning != "since"_L1)
        return invalid(ProvisionerText::tr("dateIs is neither end nor since"));
    m_rule.meaning = meaning == "end"_L1 ? DatedRule::Meaning::Ends : DatedRule::Meaning::Since;
    m_rule.leadDays = m_json["leadDays"_L1].toInt(-1);
    return {};
}

/// What does not depend on the file cannot be ended by an edit of it; some other rules say so.
Result<void> DatedRuleReader::readCure()
{
    const QString cure = m_json["cure"_L1].toString(u"edit"_s);
    if (cure != "edit"_L1 && cure != "elsewhere"_L1)
        return invalid(ProvisionerText::tr("cure is neither edit nor elsewhere"));
    const Kind kind = m_rule.condition.kind;
    m_rule.rule.curable = cure == "edit"_L1 && kind != Kind::Always && kind != Kind::ApiVersion;
    return {};
}

Result<void> DatedRuleReader::readSeverities()
{
    const QString before = m_json["severity"_L1].toString();
    const auto severity = severityFrom(before);
    if (!severity)
        return invalid(ProvisionerText::tr("a severity is none of info, warning, error"));
    m_rule.rule.severity = *severity;
    return {};
}

QStringList textsOf(const QJsonValue &value)
{
    QStringList texts;
    if (value.isString())
        texts.append(value.toString());
    for (const QJsonValue element : value.toArray()) {
        if (element.isString())
            texts.append(element.toString());
    }
    texts.removeAll(QString());
    return texts;
}

Result<void> DatedRuleReader::readCondition()
{
    const QJsonObject when = m_json["when"_L1].toObject();
    QList<KindName> found;
    for (const KindName &name : kindNames) {
        if (when.contains(name.key))
            found.append(name);
    }
    if (found.size() != 1)
        return invalid(ProvisionerText::tr("when has no known condition, or several"));
    DatedCondition &condition = m_rule.condition;
    condition.kind = found.first().kind;
    const QJsonValue value = when[found.first().key];
    condition.names = textsOf(value);
    switch (condition.kind) {
    case Kind::Always:
        return value.toBool() ? Result<void>() : invalid(ProvisionerText::tr("always is not true"));
    case Kind::Property:
        condition.pointer = value.toString();
        condition.value = when["equals"_L1];
        if (!condition.pointer.startsWith(u'/') || condition.value.isUndefined())
            return invalid(ProvisionerText::tr("property wants a JSON pointer and equals"));
        return {};
    case Kind::VersionBelow: {
        const auto version = bundleVersionFrom(value.toString());
        if (!version)
            return invalid(ProvisionerText::tr("versionBelow is not a version"));
        condition.version = *version;
        return {};
    }
    case Kind::Attribute:
        condition.pointer = when["of"_L1].toString();
        if (condition.pointer.isEmpty())
            return invalid(ProvisionerText::tr("attribute wants of, an object type"));
        [[fallthrough]];
    default:
        if (condition.names.isEmpty())
            return invalid(ProvisionerText::tr("%1 names nothing").arg(found.first().key));
        return {};
    }
}

const char *DatedRuleReader::exampleText(const QJsonObject &example, QLatin1StringView key)
{
    return example[key].isString() ? keep(example[key].toString()) : nullptr;
}

Result<void> DatedRuleReader::readExample()
{
    const QJsonObject example = m_json["example"_L1].toObject();
    RuleExample &target = m_rule.rule.example;
    target.pointer = keep(example["pointer"_L1].toString());
    target.bad = exampleText(example, "bad"_L1);
    target.good = exampleText(example, "good"_L1);
    target.today =
        keep(example["today"_L1].toString(m_rule.date.addDays(-30).toString(Qt::ISODate)));
    if (!QDate::fromString(QString::fromUtf8(target.today), Qt::ISODate).isValid())
        return invalid(ProvisionerText::tr("today of the example is not an ISO date"));
    return {};
}

Result<DatedRule> DatedRuleReader::read()
{
    using Step = Result<void> (DatedRuleReader::*)();
    for (const Step step : {&DatedRuleReader::readTexts, &DatedRuleReader::readDates,
                            &DatedRuleReader::readSeverities, &DatedRuleReader::readCondition,
                            &DatedRuleReader::readCure, &DatedRuleReader::readExample}) {
        if (const Result<void> read = (this->*step)(); !read)
            return tl::unexpected(read.error());
    }
    return std::move(m_rule);
}

} // namespace

Result<std::shared_ptr<const DatedRules>> DatedRules::read(const QByteArray &json)
{
    QJsonParseError parse;
    const QJsonObject root = QJsonDocument::fromJson(json, &parse).object();
    if (parse.error != QJsonParseError::NoError) {
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("The dated rules are not JSON: %1 at byte %2.")
                        .arg(parse.errorString())
                        .arg(parse.offset));
    }
    if (root["format"_L1].toInt() != 1 || !root["rules"_L1].isArray())
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("The dated rules are not of format 1."));
    auto rules = std::make_shared<DatedRules>();
    QStringList ids;
    for (const QJsonValue value : root["rules"_L1].toArray()) {
        Result<DatedRule> rule = DatedRuleReader(value.toObject()).read();
        if (!rule)
            return tl::unexpected(rule.error());
        const QString id = QString::fromLatin1(rule->rule.id);
        if (ids.contains(id))
            return fail(ErrorKind::InvalidInput,
                        ProvisionerText::tr("There are two dated rules %1.").arg(id));
        ids.append(id);
        rules->m_rules.push_back(*std::move(rule));
    }
    return std::shared_ptr<const DatedRules>(std::move(rules));
}

Result<std::shared_ptr<const DatedRules>> DatedRules::load(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("The dated rules %1 cannot be read: %2.")
                        .arg(path, file.errorString()));
    }
    if (file.size() > largestFile) {
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("The dated rules %1 are larger than 1 MB.").arg(path));
    }
    return read(file.readAll());
}

Result<std::shared_ptr<const DatedRules>> DatedRules::forUser(const Paths &paths)
{
    const QString own = paths.config + u"/dated-rules.json"_s;
    return QFile::exists(own) ? load(own) : builtIn();
}

const std::shared_ptr<const DatedRules> &DatedRules::builtIn()
{
    static const std::shared_ptr<const DatedRules> rules = [] {
        const auto loaded = load(u":/rules/dated.json"_s);
        Q_ASSERT_X(loaded, "DatedRules", "the built-in file is tested");
        return loaded ? *loaded : std::make_shared<const DatedRules>();
    }();
    return rules;
}

} // namespace hubkeeper
