// SPDX-License-Identifier: MIT
#pragma once

#include "testkit/mounts.h"

#include <QDir>
#include <QTemporaryDir>

namespace hubkeeper::test {

/// A policy file at its real place, /etc/hubkeeper/policy.json, for this process and its children
/// alone; only among own mounts (amongOwnMounts()). A copy of /etc lies over the real one while it
/// lives. Root owns all of it there.
class PolicyInPlace
{
public:
    PolicyInPlace()
        : m_memory(m_folder.path(),
                   {QStringLiteral("-t"), QStringLiteral("tmpfs"),
                    QStringLiteral("none")}) // A disk takes a second for /etc.
    {
        const QString etc = m_folder.filePath(QStringLiteral("etc"));
        // What this user may not read is not missed.
        QProcess::execute(
            QStringLiteral("sh"),
            {QStringLiteral("-c"),
             QStringLiteral("cp -a /etc \"$0\" 2>/dev/null; mkdir -p \"$0/hubkeeper\";"
                            " rm -f \"$0/hubkeeper/policy.json\"; chmod 755 \"$0\""
                            " \"$0/hubkeeper\""),
             etc});
        m_mount.emplace(QStringLiteral("/etc"), QStringList {QStringLiteral("--bind"), etc});
    }
    Q_DISABLE_COPY_MOVE(PolicyInPlace)

    [[nodiscard]] explicit operator bool() const { return m_memory && *m_mount; }
    [[nodiscard]] static QString path() { return QStringLiteral("/etc/hubkeeper/policy.json"); }

    /// False if it cannot be written.
    bool set(const QByteArray &content)
    {
        QFile file(path());
        return file.open(QIODevice::WriteOnly | QIODevice::Truncate)
            && file.write(content) == content.size()
            && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup
                                   | QFile::ReadOther);
    }
    /// With format and version: `members` without braces.
    bool setMembers(const QByteArray &members)
    {
        return set("{\"format\": \"hubkeeper-policy\", \"version\": 1"
                   + (members.isEmpty() ? QByteArray() : ",\n " + members) + "}\n");
    }
    static void remove() { QFile::remove(path()); }

private:
    QTemporaryDir m_folder;
    Mounted m_memory; // On the folder.
    std::optional<Mounted> m_mount; // Goes before both.
};

} // namespace hubkeeper::test

/// At the start of a test function of the tests `entry`: it goes on with a PolicyInPlace named
/// `policy`, among mounts of its own, and is skipped where that is not possible.
#define HUBKEEPER_NEEDS_POLICY(entry)                                                              \
    switch (hubkeeper::test::amongOwnMounts(entry)) {                                              \
    case hubkeeper::test::OwnMounts::Outside:                                                      \
        return;                                                                                    \
    case hubkeeper::test::OwnMounts::Impossible:                                                   \
        QSKIP("a policy file cannot be put in place: no mounts of one's own here");                \
    case hubkeeper::test::OwnMounts::Inside:                                                       \
        break;                                                                                     \
    }                                                                                              \
    hubkeeper::test::PolicyInPlace policy;                                                         \
    QVERIFY(policy)
