// SPDX-License-Identifier: MIT
#include "session/idm/promotion.h"

#include "idm/reading/mappinglist.h"
#include "reconcile/values/exactjson.h"
#include "session/sessiontext.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto promotedMapping = "mapping/"_L1;

JsonText jsonTextOf(const QJsonObject &value)
{
    return JsonText(QJsonDocument(value).toJson());
}

/// Without what servers and export tools add.
QJsonObject bare(QJsonObject value)
{
    for (const auto &added : {"_id"_L1, "_rev"_L1, "_type"_L1, "_pushActionOnly"_L1})
        value.remove(added);
    return value;
}

qsizetype indexOf(const QJsonArray &mappings, const QString &name)
{
    for (qsizetype i = 0; i < mappings.size(); ++i) {
        if (mappings[i]["name"_L1].toString() == name)
            return i;
    }
    return -1;
}

class PlanningPromotion final : public Call<PromotionPlan>
{
public:
    PlanningPromotion(ServerSession &from, ServerSession &to, SecretStore &secrets,
                      PromotionWish wish, QObject *parent)
        : Call(parent)
        , m_from(from)
        , m_to(to)
        , m_secrets(secrets)
        , m_wish(std::move(wish))
    {
        m_plan.id = m_wish.id;
        if (from.server().id == to.server().id)
            complete(fail(ErrorKind::Refused,
                          SessionText::tr("%1 is both the source and the target of the promotion.")
                              .arg(from.server().label),
                          SessionText::tr("Name another server with --to.")));
        else if (m_wish.id.startsWith(promotedMapping))
            readMappings();
        else if (m_wish.id.startsWith(provisionerPrefix))
            readProvisioner();
        else
            complete(
                fail(ErrorKind::InvalidInput,
                     SessionText::tr("%1 is neither a provisioner nor a mapping.").arg(m_wish.id),
                     SessionText::tr("Name provisioner.openicf/NAME or mapping/NAME.")));
    }

private:
    /// The target has it, or not.
    template <typename Next>
    void readFrom(IdmClient &client, const QString &id, Next next)
    {
        always(readConfig(client, id, this), [this, next](const Result<ConfigObject> &object) {
            if (object)
                return next(std::optional(object->value));
            if (object.error().kind == ErrorKind::NotFound)
                return next(std::optional<QJsonObject>());
            complete(tl::unexpected(object.error()));
        });
    }

    void missing()
    {
        complete(
            fail(ErrorKind::NotFound,
                 SessionText::tr("The server %1 has no %2.").arg(m_from.server().label, m_wish.id),
                 SessionText::tr("`hubkeeper-cli idm status` and `idm mappings list` show what it "
                                 "has.")));
    }

    void make(const QJsonObject &source, const std::optional<QJsonObject> &target)
    {
        m_plan.object = promoted(withoutEncrypted(bare(source)), target, m_wish.rules,
                                 m_to.server().label, bare(source));
    }

    void readProvisioner()
    {
        readFrom(m_from.client(), m_wish.id, [this](const std::optional<QJsonObject> &source) {
            if (!source)
                return missing();
            readFrom(m_to.client(), m_wish.id,
                     [this, source](const std::optional<QJsonObject> &target) {
                         make(*source, target);
                         planProvisioner();
                     });
        });
    }

    void planProvisioner()
    {
        const DeployWish wish {jsonTextOf(m_plan.object.value), m_wish.id, m_wish.secrets,
                               m_wish.connection};
        then(planDeploy(m_to, m_secrets, wish, this), [this](const DeployPlan &plan) {
            m_plan.deploy = plan;
            complete(m_plan);
        });
    }

    void readMappings()
    {
        then(m_from.ask(this), [this](const ServerFacts &facts) {
            then(readMappingList(m_from.client(), facts.profile, this),
                 [this](const QJsonArray &all) { onMappings(all); });
        });
    }

    void onMappings(const QJsonArray &all)
    {
        const qsizetype at = indexOf(all, m_wish.id.mid(promotedMapping.size()));
        if (at < 0)
            return missing();
        m_source = withoutMarks(all[at]).toObject();
        readFrom(m_to.client(), m_wish.id, [this](const std::optional<QJsonObject> &own) {
            if (own)
                return planMapping(m_wish.id, *own, *own);
            readList();
        });
    }

    /// A target that keeps its mappings in one list gets the list as it was read, with this one.
    void readList()
    {
        readFrom(m_to.client(), u"sync"_s, [this](const std::optional<QJsonObject> &sync) {
            QJsonObject list = sync.value_or(QJsonObject());
            QJsonArray mappings = list["mappings"_L1].toArray();
            const qsizetype at = indexOf(mappings, m_source["name"_L1].toString());
            const auto target = at < 0 ? std::nullopt : std::optional(mappings[at].toObject());
            make(m_source, target);
            if (at < 0)
                mappings.append(m_plan.object.value);
            else
                mappings[at] = m_plan.object.value;
            list.insert(u"mappings"_s, mappings);
            planMapping(u"sync"_s, list, target);
        });
    }

    /// `target` is the mapping as the target has it.
    void planMapping(const QString &id, QJsonObject value, const std::optional<QJsonObject> &target)
    {
        if (id != "sync"_L1) {
            make(m_source, target);
            value = m_plan.object.value;
        }
        if (target)
            m_plan.difference = differenceTo(jsonTextOf(m_plan.object.value),
                                             ConfigObject {m_wish.id, bare(*target)});
        ConfigWish wish;
        wish.id = id;
        wish.file = jsonTextOf(bare(value));
        then(planConfigChange(m_to, wish, this), [this](const ConfigChangePlan &plan) {
            m_plan.change = plan;
            complete(m_plan);
        });
    }

    ServerSession &m_from;
    ServerSession &m_to;
    SecretStore &m_secrets;
    const PromotionWish m_wish;
    QJsonObject m_source; // Of a mapping.
    PromotionPlan m_plan;
};

QJsonValue cleaned(const QJsonValue &value)
{
    if (value.isObject())
        return withoutEncrypted(value.toObject());
    if (!value.isArray())
        return value;
    QJsonArray array;
    const QJsonArray all = value.toArray();
    for (const QJsonValue &one : all) {
        if (!isEncrypted(one))
            array.append(cleaned(one));
    }
    return array;
}

} // namespace

bool PromotionPlan::isSame() const
{
    return deploy ? deploy->isSame() : difference && difference->isSame();
}

std::optional<Error> PromotionPlan::refusal() const
{
    if (!object.missing.isEmpty())
        return fail(ErrorKind::Refused,
                    SessionText::tr("%1 is new on the target, which has no value for: %2.")
                        .arg(id, object.missing.join(u", "_s)),
                    SessionText::tr("Give it one in \"promote\" of the project file."))
            .value();
    return deploy ? deploy->refusal() : change ? change->refusal() : std::nullopt;
}

QJsonObject withoutEncrypted(const QJsonObject &value)
{
    QJsonObject clean;
    for (auto member = value.begin(); member != value.end(); ++member) {
        if (!isEncrypted(member.value()))
            clean.insert(member.key(), cleaned(member.value()));
    }
    return clean;
}

Call<PromotionPlan> *planPromotion(ServerSession &from, ServerSession &to, SecretStore &secrets,
                                   const PromotionWish &wish, QObject *parent)
{
    return new PlanningPromotion(from, to, secrets, wish, parent);
}

} // namespace hubkeeper
