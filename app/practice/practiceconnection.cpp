// SPDX-License-Identifier: MIT
#include "practice/practiceconnection.h"

#include "base/savefile.h"
#include "provisioner/document/document.h"
#include "session/idm/fileonserver.h"
#include "session/secrets/secretplaces.h"

#include <QFile>
#include <QFileInfo>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QByteArray sample()
{
    QFile file(u":/samples/provisioner.openicf-hubspot.json"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString textOf(const Secret &secret)
{
    return secret.withClearText([](std::string_view text) {
        return QString::fromUtf8(text.data(), qsizetype(text.size()));
    });
}

/// Attributes of the shipped sample that belonged to interfaces HubSpot has removed: they never
/// have a value, and somebody who practises has enough to look at.
const QStringList &withoutValues()
{
    static const QStringList attributes {
        u"contact/properties/profile-token"_s, u"contact/properties/form-submissions"_s,
        u"contact/properties/merge-audits"_s,  u"company/properties/form-submissions"_s,
        u"company/properties/stateChanges"_s,  u"owner/properties/remoteList"_s};
    return attributes;
}

/// The shipped sample with the practice portal's made-up credentials, and faster: nobody pays for
/// calls here.
Result<QByteArray> provisionerFor(const PracticeAddress &address, const QString &path)
{
    auto document = Document::fromBytes(sample());
    const std::pair<QString, QJsonValue> values[] = {
        {u"enabled"_s, true},
        {u"configurationProperties/clientId"_s, address.clientId},
        {u"configurationProperties/clientSecret"_s, textOf(address.clientSecret)},
        {u"configurationProperties/refreshToken"_s, textOf(address.refreshToken)},
        {u"configurationProperties/maximumConnections"_s, 10},
        {u"configurationProperties/permitsPerSecond"_s, 10},
    };
    // A file that is called as IDM wants it names the system it is for.
    if (const QString name = configIdOfFile(path).section(u'/', 1);
        QFileInfo(path).completeBaseName() != name) {
        if (const auto set = document->setValue(u"/name"_s, name, u"practice"_s); !set)
            return tl::unexpected(set.error());
    }
    for (const auto &[pointer, value] : values) {
        const auto set = document->setValue(u'/' + pointer, value, u"practice"_s);
        if (!set)
            return tl::unexpected(set.error());
    }
    for (const QString &attribute : withoutValues()) {
        const auto removed = document->removeValue(u"/objectTypes/"_s + attribute, u"practice"_s);
        if (!removed)
            return tl::unexpected(removed.error());
    }
    return document->bytes();
}

/// Whose file that is, whether it is there at the moment or not; null if it is nobody's.
const Connection *ownerOf(const QString &path, const ConnectionRegistry &registry)
{
    if (const Connection *known = registry.byProvisioner(path))
        return known;
    const QString wanted = QFileInfo(path).absoluteFilePath();
    for (const Connection &connection : registry.connections()) {
        if (QFileInfo(connection.provisionerPath).absoluteFilePath() == wanted)
            return &connection;
    }
    return nullptr;
}

Result<void> checkIsOurs(const QString &path, const Connection *owner)
{
    if (owner && owner->kind == ConnectionKind::Practice)
        return {};
    const QString remedy = u"Choose another file name."_s;
    if (owner)
        return fail(ErrorKind::Refused,
                    u"%1 is the file of the connection %2, which is not a practice one."_s.arg(
                        path, owner->label),
                    remedy);
    if (QFileInfo::exists(path))
        return fail(ErrorKind::Refused,
                    u"%1 exists and was not written for a practice portal."_s.arg(path), remedy);
    return {};
}

/// One after the other.
class OlderSecrets final : public Call<void>
{
public:
    OlderSecrets(QString connection, SecretStore &store, QObject *parent)
        : Call(parent)
        , m_connection(std::move(connection))
        , m_store(store)
        , m_names(secretNames())
    {
        removeNext();
    }

private:
    void removeNext()
    {
        if (m_names.isEmpty())
            return complete({});
        auto *call = m_store.remove({m_connection, m_names.takeFirst()}, this);
        always(call, [this](const Result<void> &removed) {
            if (!removed && removed.error().kind == ErrorKind::NoKeychain)
                return complete({});
            if (!removed)
                return complete(tl::unexpected(removed.error()));
            removeNext();
        });
    }

    const QString m_connection;
    SecretStore &m_store;
    QStringList m_names;
};

} // namespace

Call<void> *forgetOlderSecrets(const Connection &connection, SecretStore &store, QObject *parent)
{
    return new OlderSecrets(connection.id, store, parent);
}

Result<Connection> writePracticeConnection(const QString &path, const PracticeAddress &address,
                                           ConnectionRegistry &registry)
{
    const Connection *known = ownerOf(path, registry);
    if (const auto ours = checkIsOurs(path, known); !ours)
        return tl::unexpected(ours.error());
    const auto bytes = provisionerFor(address, path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (const auto saved = saveFile(path, *bytes, FileMode::KeepOrPrivate); !saved)
        return tl::unexpected(saved.error());

    Connection connection = known ? *known : Connection {};
    if (!known)
        connection.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    connection.provisionerPath = QFileInfo(path).canonicalFilePath();
    return registry.edit(connection, [&](Connection &kept) -> Result<void> {
        if (kept.inBook && kept.kind != ConnectionKind::Practice) // Since a moment ago.
            return checkIsOurs(path, &kept);
        kept.label = address.label;
        kept.provisionerPath = connection.provisionerPath;
        kept.kind = ConnectionKind::Practice;
        kept.policy.mode = WriteMode::Free;
        kept.baseUrl = address.url;
        return {};
    });
}

} // namespace hubkeeper
