// SPDX-License-Identifier: MIT
#include "idm/writing/configwrite.h"

#include "base/compactjson.h"
#include "idm/idmtext.h"
#include "idm/writing/presence.h"
#include "provisioner/model/connectorproperties.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto typeWord = "config"_L1;
constexpr auto hidden = "<secret>"_L1;

/// By the connector's own properties, and by what such members are called elsewhere.
bool isSecretName(const QString &name)
{
    const ConnectorProperty *property = connectorProperty(name);
    if (property)
        return property->isConfidential();
    static const QRegularExpression secret(u"password|secret|token$|privatekey"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return secret.match(name).hasMatch();
}

void compare(const QString &pointer, const QJsonValue &a, const QJsonValue &b, QStringList &found);

void compareMembers(const QString &pointer, const QJsonObject &a, const QJsonObject &b,
                    QStringList &found)
{
    QStringList keys = a.keys();
    for (const QString &key : b.keys()) {
        if (!a.contains(key))
            keys.append(key);
    }
    for (const QString &key : std::as_const(keys)) {
        QString escaped = key;
        escaped.replace(u'~', u"~0"_s).replace(u'/', u"~1"_s);
        compare(pointer + u'/' + escaped, a[key], b[key], found);
    }
}

void compare(const QString &pointer, const QJsonValue &a, const QJsonValue &b, QStringList &found)
{
    if (isEncrypted(a) || isEncrypted(b))
        return;
    if (a.isObject() && b.isObject())
        return compareMembers(pointer, a.toObject(), b.toObject(), found);
    if (a != b)
        found.append(pointer);
}

QString configText(const std::optional<ConfigObject> &object)
{
    return object ? QString::fromUtf8(compactJson(object->value)) : QString();
}

Result<std::optional<ConfigObject>> objectIn(const JournalRow &row, QString CellChange::*side)
{
    const auto cell = row.cells.constFind(QString());
    if (row.thing != WrittenThing::Configuration || cell == row.cells.cend())
        return fail(ErrorKind::InvalidInput,
                    IdmText::tr("This row of the journal is not a server's configuration."));
    if (((*cell).*side).isEmpty())
        return std::optional<ConfigObject>();
    const QJsonDocument document = QJsonDocument::fromJson(((*cell).*side).toUtf8());
    if (!document.isObject())
        return fail(ErrorKind::Storage,
                    IdmText::tr("The journal's copy of %1 cannot be read.").arg(row.recordId));
    return std::optional(ConfigObject {row.recordId, document.object()});
}

using PresentConfig = std::optional<ConfigObject>;

/// How the object of a write is read.
ReadingPresent<ConfigObject>::Read readingConfig(IdmClient &client, const ConfigWrite &write)
{
    return
        [&client, id = write.object.id](QObject *parent) { return readConfig(client, id, parent); };
}

/// The server still has what was seen, or somebody else was faster.
Result<void> configAsSeen(const ConfigWrite &write, const PresentConfig &now)
{
    if (now == write.seen)
        return {};
    return fail(
        ErrorKind::Conflict,
        now ? IdmText::tr("Somebody else has written %1 since it was read.").arg(write.object.id)
            : IdmText::tr("Somebody else has deleted %1 since it was read.").arg(write.object.id),
        IdmText::tr("Look at the difference again. Nothing was sent."));
}

class ProvingConfig final : public ProvingPresent<ConfigObject>
{
public:
    ProvingConfig(IdmClient &client, const ConfigWrite &write, JournalRow row,
                  const Result<IdmReply> &reply, QObject *parent)
        : ProvingPresent(readingConfig(client, write), std::move(row), reply, parent)
        , m_write(write)
    {
    }

private:
    void judge(const Result<PresentConfig> &now) override
    {
        cell().after = configText(now.value_or(PresentConfig()));
        if (now)
            judgeRead(*now);
        else
            finish(outcome::unknown, failure() ? *failure() : unproven(now.error()));
    }

    void judgeRead(const PresentConfig &now)
    {
        const bool isAsBefore = now == m_write.seen;
        const bool isRefused = failure() && failure()->kind != ErrorKind::OutcomeUnknown;
        if (isRefused)
            return isAsBefore ? finish(outcome::failed, *failure())
                              : finish(outcome::unknown, *failure());
        if (m_write.deletes)
            return now ? finish(failure() ? outcome::failed : outcome::unknown, notDone())
                       : finish(outcome::applied, std::nullopt);
        if (!now)
            return finish(outcome::failed, notDone());
        if (failure() && !differences(m_write.object.value, now->value).isEmpty())
            return finish(isAsBefore ? outcome::failed : outcome::unknown, *failure());
        finish(outcome::applied, std::nullopt);
    }

    [[nodiscard]] Error notDone() const
    {
        if (failure())
            return *failure();
        Error error;
        error.kind = ErrorKind::OutcomeUnknown;
        error.what = IdmText::tr("The server said that it has written %1, but it is not so.")
                         .arg(m_write.object.id);
        error.remedy = IdmText::tr("Look at the server's log, then try again.");
        return error;
    }

    [[nodiscard]] Error unproven(const Error &reading) const
    {
        Error error = reading;
        error.kind = ErrorKind::OutcomeUnknown;
        error.what = IdmText::tr("%1 was written, but could not be read again: %2")
                         .arg(m_write.object.id, reading.what);
        return error;
    }

    const ConfigWrite m_write;
};

/// A configuration object as the engine writes it.
class ConfigServerWrite final : public ServerWrite
{
public:
    explicit ConfigServerWrite(ConfigWrite write)
        : m_write(std::move(write))
    {
    }

    [[nodiscard]] Call<void> *check(IdmClient &client, QObject *parent) override
    {
        return new CheckingPresent<ConfigObject>(
            readingConfig(client, m_write),
            [write = m_write](const PresentConfig &now) { return configAsSeen(write, now); },
            parent);
    }

    [[nodiscard]] JournalRow intent() const override
    {
        const PresentConfig wanted = m_write.deletes
            ? PresentConfig()
            : PresentConfig({m_write.object.id, withoutSecrets(m_write.object.value)});
        JournalRow row;
        row.subject = m_write.object.id;
        row.type = typeWord;
        row.kind = m_write.kind();
        row.thing = WrittenThing::Configuration;
        row.recordId = m_write.object.id;
        row.label = m_write.object.id;
        row.cells.insert(QString(), {configText(m_write.seen), configText(wanted)});
        return row;
    }

    [[nodiscard]] IdmRequest request() const override
    {
        IdmRequest request;
        request.verb = m_write.deletes ? Verb::Delete : Verb::Put;
        request.path = u"config/"_s + m_write.object.id;
        if (!m_write.deletes) {
            QJsonObject body = m_write.object.value;
            body.remove("_id"_L1);
            body.remove("_rev"_L1);
            request.body = body;
        }
        (m_write.seen ? request.ifMatch : request.ifNoneMatch) = "*";
        request.bodyIsSecret = true;
        request.writes = true;
        return request;
    }

    [[nodiscard]] Call<ServerWriteProof> *prove(IdmClient &client, const Result<IdmReply> &reply,
                                                QObject *parent) override
    {
        return new ProvingConfig(client, m_write, intent(), reply, parent);
    }

private:
    const ConfigWrite m_write;
};

/// One write alone, with its outcome as one.
class WritingOne final : public Call<ConfigWriteOutcome>
{
public:
    WritingOne(const ServerWriteContext &context, const ConfigWrite &write, QObject *parent)
        : Call(parent)
    {
        then(writeToServer(context, {std::make_shared<ConfigServerWrite>(write)}, this),
             [this, write](const ServerWriteReport &report) {
                 if (report.stopped)
                     return complete(tl::unexpected(*report.stopped));
                 const ServerWriteProof &proof = report.writes.front();
                 if (proof.failure)
                     return complete(tl::unexpected(*proof.failure));
                 ConfigWriteOutcome outcome;
                 outcome.run = report.run;
                 outcome.now = objectAfter(proof.row).value_or(PresentConfig());
                 if (outcome.now && !write.deletes)
                     outcome.different = differences(write.object.value, outcome.now->value);
                 complete(outcome);
             });
    }
};

} // namespace

ChangeKind ConfigWrite::kind() const
{
    return deletes ? ChangeKind::Archive : seen ? ChangeKind::Update : ChangeKind::Create;
}

Call<ConfigWriteOutcome> *writeConfig(const ServerWriteContext &context, const ConfigWrite &write,
                                      QObject *parent)
{
    return new WritingOne(context, write, parent);
}

std::shared_ptr<ServerWrite> serverWriteOf(const ConfigWrite &write)
{
    return std::make_shared<ConfigServerWrite>(write);
}

QJsonObject withoutSecrets(QJsonObject value)
{
    for (auto member = value.begin(); member != value.end(); ++member) {
        if (member->isObject() && !isEncrypted(*member))
            *member = withoutSecrets(member->toObject());
        else if (member->isString() && isSecretName(member.key()) && !member->toString().isEmpty())
            *member = QString(hidden);
    }
    return value;
}

QStringList differences(const QJsonObject &sent, const QJsonObject &now)
{
    QStringList found;
    compareMembers({}, sent, now, found);
    return found;
}

Result<std::optional<ConfigObject>> objectBefore(const JournalRow &row)
{
    return objectIn(row, &CellChange::before);
}

Result<std::optional<ConfigObject>> objectAfter(const JournalRow &row)
{
    return objectIn(row, &CellChange::after);
}

Result<std::optional<ConfigWrite>> takenBack(const JournalRow &row,
                                             const std::optional<ConfigObject> &now)
{
    const auto before = objectBefore(row);
    if (!before)
        return tl::unexpected(before.error());
    if (now == *before)
        return std::optional<ConfigWrite>();
    const auto after = objectAfter(row);
    if (!after)
        return tl::unexpected(after.error());
    if (now != *after)
        return fail(ErrorKind::Conflict,
                    IdmText::tr("%1 is no longer what the run left: somebody has written it since.")
                        .arg(row.recordId),
                    IdmText::tr("Compare it with the roll-back file of the run, and deploy what "
                                "you mean."));
    return std::optional(
        ConfigWrite {before->value_or(ConfigObject {row.recordId, {}}), now, !*before});
}

} // namespace hubkeeper
