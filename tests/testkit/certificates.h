// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTemporaryDir>

namespace hubkeeper::test {

/// A certificate with its key and what a server shows with it.
struct Identity
{
    QString name; ///< Its files are name.pem and name.key.
    QList<QSslCertificate> chain; ///< Own first.
    QSslKey key;

    [[nodiscard]] QSslConfiguration serverConfiguration() const
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        tls.setLocalCertificateChain(chain);
        tls.setPrivateKey(key);
        return tls;
    }
};

/// Makes certificates with the openssl command, in a folder of its own.
class Certificates
{
public:
    [[nodiscard]] QString path(const QString &file) const { return m_folder.filePath(file); }

    [[nodiscard]] Identity authority(const QString &name)
    {
        newKey(name);
        run({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-key"),
             path(name + QStringLiteral(".key")), QStringLiteral("-out"),
             path(name + QStringLiteral(".pem")), QStringLiteral("-days"), QStringLiteral("30"),
             QStringLiteral("-subj"), QStringLiteral("/O=Hubkeeper tests/CN=") + name});
        return load(name);
    }

    /// Signed by `issuer`, or by itself if that is empty; valid from today for `days`, which may
    /// be negative. `names` is a subjectAltName such as "IP:127.0.0.1", or none. `extra` are more
    /// lines of an openssl extension file.
    [[nodiscard]] Identity server(const QString &name, const QString &names, int days,
                                  const QString &issuer, const QByteArray &extra = {})
    {
        newKey(name);
        const QString request = path(name + QStringLiteral(".csr"));
        run({QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-key"),
             path(name + QStringLiteral(".key")), QStringLiteral("-out"), request,
             QStringLiteral("-subj"), QStringLiteral("/CN=") + name});
        QFile extensions(path(name + QStringLiteral(".ext")));
        if (extensions.open(QIODevice::WriteOnly))
            extensions.write((names.isEmpty() ? QByteArray() : "subjectAltName=" + names.toUtf8())
                             + '\n' + extra);
        extensions.close();
        QStringList sign {QStringLiteral("x509"),     QStringLiteral("-req"),
                          QStringLiteral("-in"),      request,
                          QStringLiteral("-out"),     path(name + QStringLiteral(".pem")),
                          QStringLiteral("-extfile"), extensions.fileName()};
        sign << validity(days);
        if (issuer.isEmpty()) {
            sign << QStringLiteral("-signkey") << path(name + QStringLiteral(".key"));
        } else {
            sign << QStringLiteral("-CA") << path(issuer + QStringLiteral(".pem"))
                 << QStringLiteral("-CAkey") << path(issuer + QStringLiteral(".key"))
                 << QStringLiteral("-CAcreateserial");
        }
        run(sign);
        return load(name);
    }

    [[nodiscard]] bool isGood() const { return m_good; }

private:
    void newKey(const QString &name)
    {
        run({QStringLiteral("ecparam"), QStringLiteral("-name"), QStringLiteral("prime256v1"),
             QStringLiteral("-genkey"), QStringLiteral("-noout"), QStringLiteral("-out"),
             path(name + QStringLiteral(".key"))});
    }

    /// Newer versions of openssl (3.4 on) refuse a negative number of days, older ones do not
    /// know dates here.
    [[nodiscard]] static QStringList validity(int days)
    {
        if (days > 0 || !takesDates())
            return {QStringLiteral("-days"), QString::number(days)};
        const auto day = [](int from) {
            return QDateTime::currentDateTimeUtc().addDays(from).toString(
                QStringLiteral("yyyyMMddHHmmss'Z'"));
        };
        return {QStringLiteral("-not_before"), day(days - 1), QStringLiteral("-not_after"),
                day(days)};
    }

    [[nodiscard]] static bool takesDates()
    {
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"), {QStringLiteral("x509"), QStringLiteral("-help")});
        openssl.waitForFinished();
        return (openssl.readAllStandardError() + openssl.readAllStandardOutput())
            .contains("-not_before");
    }

    void run(const QStringList &arguments)
    {
        QProcess openssl;
        openssl.setStandardErrorFile(QProcess::nullDevice());
        openssl.start(QStringLiteral("openssl"), arguments);
        m_good = openssl.waitForFinished() && openssl.exitCode() == 0 && m_good;
    }

    [[nodiscard]] Identity load(const QString &name)
    {
        QFile file(path(name + QStringLiteral(".key")));
        m_good = file.open(QIODevice::ReadOnly) && m_good;
        Identity identity {name, QSslCertificate::fromPath(path(name + QStringLiteral(".pem"))),
                           QSslKey(&file, QSsl::Ec)};
        m_good = m_good && identity.chain.size() == 1 && !identity.key.isNull();
        return identity;
    }

    QTemporaryDir m_folder;
    bool m_good = true;
};

} // namespace hubkeeper::test
