// SPDX-License-Identifier: MIT
#include "nativenames.h"

#include "output.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

NativeNames::NativeNames(const ProvisionerFacts &facts, QString objectClass, Output &output)
    : m_facts(facts)
    , m_class(std::move(objectClass))
    , m_output(output)
{
}

QString NativeNames::of(const QString &name)
{
    const QString native = m_facts.nativeName(m_class, name);
    if (native != name && !m_said.contains(name)) {
        m_said.append(name);
        m_output.message(u"%1 is %2 in HubSpot."_s.arg(name, native));
    }
    return native;
}

QStringList NativeNames::of(const QStringList &names)
{
    QStringList natives;
    for (const QString &name : names)
        natives.append(of(name));
    return natives;
}

CrestFilter NativeNames::of(CrestFilter filter)
{
    for (CrestFilter &operand : filter.operands)
        operand = of(std::move(operand));
    if (filter.pointer.size() == 1)
        filter.pointer.first() = of(filter.pointer.constFirst());
    return filter;
}

void NativeNames::rename(QList<GivenAttribute> &attributes)
{
    for (GivenAttribute &attribute : attributes)
        attribute.name = of(attribute.name);
}

} // namespace hubkeeper::cli
