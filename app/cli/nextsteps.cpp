// SPDX-License-Identifier: MIT
#include "nextsteps.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

QString nextSteps(const std::string &provisioner, const std::string &changes)
{
    const QString file = provisioner.empty() ? u"FILE"_s : QString::fromStdString(provisioner);
    const QString set = QString::fromStdString(changes);
    return u"Nothing was sent. Look at it with `hubkeeper-cli changes show %1`, send it with "
           "`hubkeeper-cli changes apply %2`."_s.arg(set.isEmpty() ? file : set,
                                                     set.isEmpty() ? file : file + u' ' + set);
}

} // namespace hubkeeper::cli
