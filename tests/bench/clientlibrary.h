// SPDX-License-Identifier: MIT
#pragma once

#include "bench/benchrig.h"

#include <QProcess>

namespace hubkeeper::bench {

/// Lets HubSpot's own client library do `work` ("getAll", "update") with a portal, in node. What
/// the script prints; empty, with the reason on stderr, where node or the library is missing.
[[nodiscard]] inline QJsonObject askClientLibrary(const QString &work,
                                                  practice::PracticeThread &server)
{
    const auto path = [](const char *folder, const char *file) {
        return QString::fromUtf8(folder) + u'/' + QString::fromUtf8(file);
    };
    QProcess install;
    install.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    install.start(
        QStringLiteral("sh"),
        {path(HUBKEEPER_CLIENT_SOURCE, "install.sh"), QString::fromUtf8(HUBKEEPER_CLIENT_BUILD)});
    install.waitForFinished(-1);
    if (install.exitCode() != 0) {
        std::fprintf(stderr, "%s", install.readAllStandardOutput().constData());
        return {};
    }
    const QByteArray token = server.staticToken().withClearText(
        [](std::string_view text) { return QByteArray(text.data(), qsizetype(text.size())); });
    const QJsonObject input {{QStringLiteral("url"), server.url().toString()},
                             {QStringLiteral("token"), QString::fromLatin1(token)},
                             {QStringLiteral("work"), work}};
    QProcess node;
    node.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    node.start(QStringLiteral("node"),
               {path(HUBKEEPER_BENCH_SOURCE, "clientlibrary.mjs"),
                QString::fromUtf8(HUBKEEPER_CLIENT_BUILD)});
    node.write(QJsonDocument(input).toJson());
    node.closeWriteChannel();
    node.waitForFinished(-1);
    return QJsonDocument::fromJson(node.readAllStandardOutput()).object();
}

} // namespace hubkeeper::bench
