// SPDX-License-Identifier: MIT
#pragma once

#include "idmclient.h"

namespace hubkeeper::practice::test {

/// One run of a case of recon-vectors, loaded into a practice IDM and done there through REST.
class VectorRun
{
public:
    /// `run` n starts from what run n-1 left.
    VectorRun(const QJsonObject &recorded, int run);

    /// Does it, and gives a line for each difference to what was recorded: state, entries, links,
    /// objects, what the connector was sent.
    [[nodiscard]] QStringList differences();

    /// The server that it is loaded into.
    [[nodiscard]] IdmFixture &fixture() { return m_fixture; }

private:
    void loadObjects(const QJsonObject &collections);
    void loadUser(const QString &collection, const QJsonObject &object);
    void loadRole(const QString &id, const QJsonArray &assignments);
    void loadLinks(const QJsonArray &links);
    void send();
    [[nodiscard]] QString named(const QString &collection, const QString &id) const;
    [[nodiscard]] QString namedPath(const QString &path) const;
    [[nodiscard]] QString mappingName() const;
    [[nodiscard]] QJsonObject mapping(const QString &name) const;
    void compareState();
    [[nodiscard]] QString entryLine(const QJsonObject &entry, bool isOwn, bool isSync) const;
    void compareAudit(const QJsonArray &recorded, bool isSync);
    void compareEntries();
    void compareLinks();
    void compareObjects();
    void compareWrites();
    [[nodiscard]] QList<QJsonObject> objectsOf(const QString &collection) const;

    IdmFixture m_fixture;
    const QJsonArray m_mappings;
    const QJsonObject m_run;
    QHash<QString, QSet<QString>> m_old; // Ids before, by collection.
    bool m_isDown = false; // The connector did not answer.
    RawReply m_reply;
    QStringList m_lines;
};

} // namespace hubkeeper::practice::test
