// SPDX-License-Identifier: MIT
#include "idm/mappings/mappingfile.h"

#include "provisioner/rules/rulecheck.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isObject(const JsonText &text, int node)
{
    return node != JsonText::none && text.node(node).kind == JsonKind::Object;
}

/// Two of a mapping's own keys: one alone may be in any file.
bool looksLikeMapping(const JsonText &text, int object)
{
    if (!isObject(text, object))
        return false;
    static const QStringList own {u"source"_s,   u"target"_s,           u"properties"_s,
                                  u"policies"_s, u"correlationQuery"_s, u"correlationScript"_s};
    const auto has = [&](const QString &key) { return text.member(object, key) != JsonText::none; };
    return std::count_if(own.begin(), own.end(), has) >= 2;
}

void addElements(const JsonText &text, int list, MappingFile &file)
{
    file.list = list;
    for (const int mapping : Children(text, list))
        file.mappings.append(mapping);
}

/// frodo's: {"meta", "sync": {"mappings": [...]}, "mapping": {"mapping/x": {...}}}, and both of
/// them inside of "idm".
MappingFile insideOfTool(const JsonText &text, int around)
{
    MappingFile file;
    for (const int child : Children(text, around)) {
        const QString key = text.keyOf(child);
        const int list = key == "sync"_L1 ? text.member(child, "mappings"_L1) : JsonText::none;
        if (list != JsonText::none && text.node(list).kind == JsonKind::Array)
            addElements(text, list, file);
        else if (key.startsWith("mapping/"_L1) && isObject(text, child))
            file.mappings.append(child);
        else if (key == "mapping"_L1 && isObject(text, child))
            file.mappings += insideOfTool(text, child).mappings;
    }
    if (!file.mappings.isEmpty() || file.list != JsonText::none)
        file.form = MappingFile::Tool;
    return file;
}

} // namespace

MappingFile mappingsIn(const JsonText &text)
{
    const int root = text.root();
    if (!isObject(text, root) || looksLikeProvisioner(text, root))
        return {};
    MappingFile file;
    const int list = text.member(root, "mappings"_L1);
    if (list != JsonText::none) {
        file.form = MappingFile::List;
        addElements(text, list, file);
        return file;
    }
    const int idm = text.member(root, "idm"_L1);
    file = insideOfTool(text, isObject(text, idm) ? idm : root);
    if (file.form == MappingFile::None && looksLikeMapping(text, root)) {
        file.form = MappingFile::Single;
        file.mappings.append(root);
    }
    return file;
}

int mappingNamed(const JsonText &text, const MappingFile &file, const QString &name)
{
    const auto it = std::find_if(file.mappings.begin(), file.mappings.end(), [&](int mapping) {
        const int node = text.member(mapping, "name"_L1);
        return node != JsonText::none && text.stringOf(node) == name;
    });
    return it == file.mappings.end() ? int(JsonText::none) : *it;
}

bool isMappingFileName(const QString &fileName)
{
    return fileName == "sync.json"_L1 || fileName == "sync.idm.json"_L1
        || (fileName.startsWith("mapping-"_L1) && fileName.endsWith(".json"_L1));
}

} // namespace hubkeeper
