// SPDX-License-Identifier: MIT
#include "idm/writing/configwrite.h"

#include "base/compactjson.h"
#include "idm/idmtext.h"
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

QString textOf(const std::optional<ConfigObject> &object)
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

/// One write with its journal entries.
class Writing final : public Call<ConfigWriteOutcome>
{
public:
    Writing(const ConfigWriteContext &context, const ConfigWrite &write, QObject *parent)
        : Call(parent)
        , m_context(context)
        , m_write(write)
    {
        readNow([this](const Result<std::optional<ConfigObject>> &now) {
            if (!now)
                return complete(tl::unexpected(now.error()));
            onPresent(*now);
        });
    }

private:
    using Present = std::optional<ConfigObject>;

    template <typename Next>
    void readNow(Next next)
    {
        always(readConfig(m_context.client, m_write.object.id, this),
               [next](const Result<ConfigObject> &object) {
                   if (object)
                       return next(Result<Present>(*object));
                   if (object.error().kind == ErrorKind::NotFound)
                       return next(Result<Present>(Present()));
                   next(Result<Present>(tl::unexpected(object.error())));
               });
    }

    void onPresent(const Present &now)
    {
        if (now != m_write.seen)
            return complete(
                fail(ErrorKind::Conflict,
                     now ? IdmText::tr("Somebody else has written %1 since it was read.")
                               .arg(m_write.object.id)
                         : IdmText::tr("Somebody else has deleted %1 since it was read.")
                               .arg(m_write.object.id),
                     IdmText::tr("Look at the difference again. Nothing was sent.")));
        if (const auto allowed = m_context.guard(); !allowed)
            return complete(tl::unexpected(allowed.error()));
        begin();
    }

    void begin()
    {
        m_context.start.planned = 1;
        then(m_context.journal.begin(m_context.start, this), [this](const QString &run) {
            m_outcome.run = run;
            const Present wanted = m_write.deletes
                ? Present()
                : Present({m_write.object.id, withoutSecrets(m_write.object.value)});
            m_row.subject = m_write.object.id;
            m_row.type = typeWord;
            m_row.kind = m_write.kind();
            m_row.thing = WrittenThing::Configuration;
            m_row.recordId = m_write.object.id;
            m_row.label = m_write.object.id;
            m_row.cells.insert(QString(), {textOf(m_write.seen), textOf(wanted)});
            then(m_context.journal.noteIntents(run, {m_row}, this), [this] { send(); });
        });
    }

    void send()
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
        always(m_context.client.send(request, this), [this](const Result<IdmReply> &reply) {
            if (!reply)
                m_failure = reply.error();
            readBack();
        });
    }

    void readBack()
    {
        readNow([this](const Result<Present> &now) {
            if (!now)
                return finish(outcome::unknown, m_failure ? *m_failure : unproven(now.error()));
            m_outcome.now = *now;
            judge(*now);
        });
    }

    /// By what is there now; a lost answer says nothing.
    void judge(const Present &now)
    {
        const bool isAsBefore = now == m_write.seen;
        const bool isRefused = m_failure && m_failure->kind != ErrorKind::OutcomeUnknown;
        if (isRefused)
            return isAsBefore ? finish(outcome::failed, *m_failure)
                              : finish(outcome::unknown, *m_failure);
        if (m_write.deletes)
            return now ? finish(m_failure ? outcome::failed : outcome::unknown, notDone())
                       : finish(outcome::applied, std::nullopt);
        if (!now)
            return finish(outcome::failed, notDone());
        m_outcome.different = differences(m_write.object.value, now->value);
        if (m_failure && !m_outcome.different.isEmpty())
            return finish(isAsBefore ? outcome::failed : outcome::unknown, *m_failure);
        finish(outcome::applied, std::nullopt);
    }

    [[nodiscard]] Error notDone() const
    {
        if (m_failure)
            return *m_failure;
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

    void finish(QLatin1StringView outcome, const std::optional<Error> &failure)
    {
        m_row.outcome = outcome;
        m_row.message = failure ? failure->what : QString();
        m_row.cells.insert(QString(), {textOf(m_write.seen), textOf(m_outcome.now)});
        then(m_context.journal.noteOutcomes(m_outcome.run, {m_row}, this), [this, failure] {
            then(m_context.journal.end(m_outcome.run, this), [this, failure] {
                if (failure)
                    return complete(tl::unexpected(*failure));
                complete(m_outcome);
            });
        });
    }

    ConfigWriteContext m_context;
    const ConfigWrite m_write;
    ConfigWriteOutcome m_outcome;
    JournalRow m_row;
    std::optional<Error> m_failure;
};

} // namespace

ChangeKind ConfigWrite::kind() const
{
    return deletes ? ChangeKind::Archive : seen ? ChangeKind::Update : ChangeKind::Create;
}

Call<ConfigWriteOutcome> *writeConfig(const ConfigWriteContext &context, const ConfigWrite &write,
                                      QObject *parent)
{
    return new Writing(context, write, parent);
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
