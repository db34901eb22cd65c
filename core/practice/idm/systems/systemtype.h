// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/crest/crestreply.h"
#include "practice/idm/systems/connector.h"

namespace hubkeeper::practice {

/// An attribute as a provisioner declares it.
struct AttributeType
{
    QString name; ///< In IDM.
    QString nativeName;
    QString type; ///< Of a value, or of an item of a list: "string", "integer", ...
    bool isList = false;
    bool isRequired = false;
    bool isCreatable = true;
    bool isUpdateable = true;
};

/// An object type of a provisioner: how IDM's objects become the connector's, and back.
class SystemType
{
public:
    SystemType() = default;
    SystemType(QString name, const QJsonObject &json);

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const QString &nativeType() const { return m_nativeType; }
    [[nodiscard]] const AttributeType *attribute(const QString &name) const;

    /// The attributes a create or an update sends: 400 for names the type does not have, 500 for
    /// values of another type, 400 for a required one that is missing (create only). What may not
    /// be written is left out without a word (recon-vectors, facts 32 to 34).
    [[nodiscard]] CrestOutcome<QJsonObject> built(const QJsonObject &object, bool isCreate) const;

    /// The filter in native names and with values of the attributes' types; 400 for what the
    /// framework refuses. "pr" and its negation become everything unless the results are filtered
    /// (idm-rest 9.3).
    [[nodiscard]] CrestOutcome<NativeFilter> native(const CrestFilter &filter,
                                                    bool isFiltered) const;

    /// As REST shows it.
    [[nodiscard]] QJsonObject shown(const NativeObject &object) const;

private:
    QString m_name;
    QString m_nativeType;
    QList<AttributeType> m_attributes;
};

/// A value as the attribute has it: "5" for an integer is 5, one value for a list is a list of one.
/// Nothing if it cannot become one (recon-vectors, fact 33).
[[nodiscard]] std::optional<QJsonValue> builtValue(const AttributeType &attribute,
                                                   const QJsonValue &value);

} // namespace hubkeeper::practice
