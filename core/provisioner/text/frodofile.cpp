// SPDX-License-Identifier: MIT
#include "provisioner/text/frodofile.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int outermost = 0;

bool isObject(const JsonText &text, int node)
{
    return node != JsonText::none && text.node(node).kind == JsonKind::Object;
}

bool hasOnlyFrodosMembers(const JsonText &text)
{
    for (int child = text.node(outermost).firstChild; child != JsonText::none;
         child = text.node(child).next) {
        const QString key = text.keyOf(child);
        if (key != "idm"_L1 && key != "meta"_L1)
            return false;
    }
    return true;
}

} // namespace

int provisionerOfFrodo(const JsonText &text)
{
    if (text.nodeCount() == 0 || !isObject(text, outermost))
        return JsonText::none;
    const int idm = text.member(outermost, "idm"_L1);
    if (!isObject(text, idm))
        return JsonText::none;
    const bool isWhole = text.faults().empty();
    if (isWhole && (text.node(idm).childCount != 1 || !hasOnlyFrodosMembers(text)))
        return JsonText::none;
    int found = JsonText::none;
    for (int child = text.node(idm).firstChild; child != JsonText::none;
         child = text.node(child).next) {
        if (!text.keyOf(child).startsWith("provisioner.openicf/"_L1))
            continue;
        if (found != JsonText::none || !isObject(text, child))
            return JsonText::none;
        found = child;
    }
    return found;
}

QStringList keysAroundRoot(const JsonText &text)
{
    if (!isFrodoFile(text))
        return {};
    return {text.keyOf(text.node(text.root()).parent), text.keyOf(text.root())};
}

} // namespace hubkeeper
