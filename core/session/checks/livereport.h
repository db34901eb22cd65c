// SPDX-License-Identifier: MIT
#pragma once

#include "connector/schema.h"
#include "portal/access/accountbudget.h"
#include "provisioner/model/objecttypes.h"
#include "provisioner/rules/rulecheck.h"
#include "session/schema/schemadiff.h"

#include <QHash>

namespace hubkeeper {

/// Turns what a portal answered into findings at the places of a file (rules HK9xx). Pure.
class LiveReport
{
public:
    /// `text` must outlive it.
    explicit LiveReport(const JsonText &text);

    /// The account could not be read: credentials, network, certificate, or HubSpot itself.
    void connectionFailed(const Error &error);
    /// What was granted against what the object types need; nothing is said of an empty list,
    /// which only means that the token endpoint does not say.
    void compareScopes(const QStringList &granted);
    void definitionsFailed(ObjectType type, const Error &error);
    /// Object types of classes whose definitions are missing are left out.
    void compareSchema(const QHash<ObjectType, QList<PropertyDefinition>> &definitions);
    void compareLimits(const LimitReport &limits);

    [[nodiscard]] QList<Finding> takeFindings();

private:
    void checkWriteScope(const DeclaredObjectType &type, const QString &scope);
    void checkAttribute(const SchemaDifference &difference, const DeclaredObjectType &type,
                        const AttributeInfo *live);
    void reportGone(const SchemaDifference &difference, int node);
    void reportCorrectable(const Rule &rule, const SchemaDifference &difference,
                           const DeclaredObjectType &type, const AttributeInfo &live,
                           const QString &message);
    void reportRequired(const SchemaDifference &difference, const DeclaredObjectType &type,
                        const AttributeInfo &live);
    void reportNotMapped(const QHash<QString, int> &counts);
    void reportAt(const Rule &rule, const QString &pointer, const QString &message,
                  std::optional<Fix> fix = {});
    [[nodiscard]] const AttributeInfo *liveAttribute(const ObjectClassInfo &live,
                                                     const SchemaDifference &difference) const;
    [[nodiscard]] const DeclaredObjectType *typeOf(const QString &key) const;

    const JsonText &m_text;
    const ValidationOptions m_options;
    RuleCheck m_check;
    const QList<DeclaredObjectType> m_types;
    QStringList m_granted;
};

} // namespace hubkeeper
