// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/systems/connector.h"

#include <QHash>

namespace hubkeeper::practice {

/// What the table connector's objects are kept in: the rules of recon-vectors/README.md.
class ConnectorTable
{
public:
    struct Write
    {
        QString operation; ///< "CREATE", "UPDATE", "DELETE".
        QString type;
        QString uid;
        QJsonObject attributes;
    };

    /// Contacts 101 to 125 (c00@example.com and so on) and three companies.
    [[nodiscard]] static ConnectorTable sample();

    /// Objects in the order of the file.
    [[nodiscard]] const QList<NativeObject> &objects(const QString &type) const;
    [[nodiscard]] qsizetype indexOf(const QString &type, const QString &uid) const;
    /// An object has this value in what must be unique (e-mail, name).
    [[nodiscard]] bool isTaken(const QString &type, const QString &value) const;
    /// Adds an object; an empty uid becomes the next number.
    QString add(const QString &type, QString uid, QJsonObject attributes);
    void replace(const QString &type, qsizetype index, QJsonObject attributes);
    void remove(const QString &type, qsizetype index);
    void clear();
    /// The next object gets this number, unless others have higher ones.
    void countFrom(qint64 number) { m_next = std::max(m_next, number); }

    /// The attribute that every object must have, and no two with one value.
    [[nodiscard]] static QString keyOf(const QString &type);

    QList<Write> writes; ///< What the connector was asked to write, failed ones included.

private:
    static void complete(const QString &type, NativeObject &object);

    QHash<QString, QList<NativeObject>> m_objects;
    qint64 m_next = 101;
};

/// The scripted connector of the recordings (real-openidm/README.md): its token decides what fails.
class TableBundle final : public ConnectorBundle
{
public:
    explicit TableBundle(std::shared_ptr<ConnectorTable> table);

    [[nodiscard]] QStringList confidential() const override;
    [[nodiscard]] QStringList required() const override;
    [[nodiscard]] QJsonObject defaults() const override;
    [[nodiscard]] QJsonObject objectTypes() const override;
    [[nodiscard]] QStringList operations() const override;
    [[nodiscard]] std::unique_ptr<Connector> open(const QJsonObject &properties) const override;

private:
    std::shared_ptr<ConnectorTable> m_table;
};

} // namespace hubkeeper::practice
