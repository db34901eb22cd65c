// SPDX-License-Identifier: MIT
#include "attributenames.h"

#include "base/similarname.h"
#include "provisioner/document/document.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

bool isId(const QString &name)
{
    return name == "_id"_L1 || name.compare("__UID__"_L1, Qt::CaseInsensitive) == 0;
}

/// Names of the properties of an object type to their native names, where they differ.
QHash<QString, QString> namesInFile(const QString &file, const QString &objectClass)
{
    QHash<QString, QString> names;
    const auto document = Document::open(file);
    if (!document)
        return names;
    const QJsonObject types = (*document)->value(u"/objectTypes"_s).toObject();
    for (auto type = types.begin(); type != types.end(); ++type) {
        const QJsonObject body = type.value().toObject();
        if (type.key() != objectClass && body["nativeType"_L1].toString() != objectClass)
            continue;
        const QJsonObject properties = body["properties"_L1].toObject();
        for (auto property = properties.begin(); property != properties.end(); ++property) {
            const QString native = property.value().toObject()["nativeName"_L1].toString();
            if (!native.isEmpty() && native != property.key())
                names.insert(property.key().toLower(), native);
        }
    }
    return names;
}

} // namespace

AttributeNames::AttributeNames(ObjectClassInfo info, const QString &file)
    : m_info(std::move(info))
    , m_inFile(namesInFile(file, m_info.name()))
{
}

Result<QString> AttributeNames::resolve(const QString &name) const
{
    if (isId(name) || name == "*"_L1)
        return name;
    if (const AttributeInfo *info = m_info.find(name))
        return info->name;
    const QString native = m_inFile.value(name.toLower());
    if (const AttributeInfo *info = native.isEmpty() ? nullptr : m_info.find(native))
        return info->name;
    QStringList known = m_inFile.keys();
    for (const AttributeInfo &info : m_info.attributes)
        known.append(info.name);
    return unknown(name, known);
}

Result<QStringList> AttributeNames::resolve(const QStringList &names) const
{
    QStringList resolved;
    for (const QString &name : names) {
        const auto one = resolve(name);
        if (!one)
            return tl::unexpected(one.error());
        resolved.append(*one);
    }
    return resolved;
}

Result<CrestFilter> AttributeNames::resolve(CrestFilter filter) const
{
    for (CrestFilter &operand : filter.operands) {
        auto inner = resolve(std::move(operand));
        if (!inner)
            return inner;
        operand = std::move(*inner);
    }
    if (filter.pointer.size() != 1)
        return filter;
    const auto name = resolve(filter.pointer[0]);
    if (!name && filter.kind == CrestFilter::Compare)
        return tl::unexpected(name.error());
    if (name)
        filter.pointer[0] = *name;
    return filter;
}

Result<QString> AttributeNames::propertyOf(const QString &name, const QStringList &defined) const
{
    if (defined.contains(name))
        return name;
    const QString native = m_inFile.value(name.toLower(), name);
    for (const QString &property : defined) {
        if (property.compare(native, Qt::CaseInsensitive) == 0)
            return property;
    }
    const AttributeInfo *info = m_info.find(native);
    if (info && info->source == AttributeSource::Property && defined.contains(info->property))
        return info->property;
    return unknown(name, defined + m_inFile.keys());
}

tl::unexpected<Error> AttributeNames::unknown(const QString &name, const QStringList &known) const
{
    const auto similar = mostSimilarName(name, known);
    return fail(ErrorKind::InvalidInput,
                u"%1 has no attribute \"%2\"."_s.arg(m_info.name(), name.left(80)),
                similar ? u"Did you mean %1?"_s.arg(*similar)
                        : u"`hubkeeper-cli schema FILE` lists them."_s);
}

} // namespace hubkeeper::cli
