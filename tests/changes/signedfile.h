// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "changes/set/changesfile.h"
#include "policy/signerkey.h"

#include <QTemporaryDir>

namespace hubkeeper::test {

inline constexpr qint64 signedPortal = 4711;

inline RowChange signedRow(const QString &id, const QString &after)
{
    RowChange row;
    row.id = id;
    row.label = QStringLiteral("Zoë \u202E");
    row.cells = {{QStringLiteral("firstname"), {QStringLiteral("A\u030A"), after}}};
    row.basedOn =
        QDateTime::fromString(QStringLiteral("2026-11-23T10:00:00.120Z"), Qt::ISODateWithMs);
    return row;
}

inline ChangesHeader signedHeader()
{
    return {{signedPortal, QStringLiteral("Acme"), {}, QStringLiteral("EU")},
            QDateTime::fromString(QStringLiteral("2026-11-30T12:00:00Z"), Qt::ISODate),
            QStringLiteral("the-author"),
            QStringLiteral("Because")};
}

inline QByteArray unsignedLines()
{
    return changesToLines(signedHeader(),
                          {signedRow(QStringLiteral("1"), QStringLiteral("one")),
                           signedRow(QStringLiteral("2"), QStringLiteral("two"))});
}

struct SignedFile
{
    SignerKey key = newSignerKey();
    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("c.jsonl"));

    explicit SignedFile(const QByteArray &lines = unsignedLines())
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(lines) != lines.size())
            qFatal("not written");
    }
    [[nodiscard]] Result<void> sign(const SignerKey &with) const
    {
        return readChangesFile(path).and_then([&](const ExchangedChanges &changes) {
            return signedBy(with.seed, changes.contents->digest(), QDateTime::currentDateTime())
                .and_then([&](const Signature &made) { return addSignature(path, made); });
        });
    }
    [[nodiscard]] QByteArray content() const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

inline WritePolicy demanding(const SignerKey &key, int signatures = 1)
{
    PortalLimits limits;
    limits.file = QStringLiteral("/p.json");
    limits.portal = signedPortal;
    limits.signatures = {signatures, {QStringLiteral("portals[0].signatures"), 4}};
    limits.trustedKeys = {
        {QStringLiteral("Signer"), key.publicKey, {QStringLiteral("the-signer")}}};
    WritePolicy own;
    own.mode = WriteMode::Free;
    return limited(own, limits);
}

/// Why they must not be sent; empty: they may.
inline QString refusalToSend(const ChangeSet &changes, const WritePolicy &policy,
                             const WriteConsent &consent = {})
{
    WriteGuard guard([policy] { return policy; }, consent);
    guard.setSignedAs(changes.signedAs());
    const auto refused = guard.admit(guardedWrites(changes.rows(), guard.signedAs()));
    return refused ? refused->sentence() : QString();
}

} // namespace hubkeeper::test
