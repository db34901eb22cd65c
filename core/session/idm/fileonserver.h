// SPDX-License-Identifier: MIT
#pragma once

#include "idm/configuration/configobjects.h"
#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// The id of a provisioner by the name of its file, as IDM takes it:
/// "conf/provisioner.openicf-hubspot.json" is "provisioner.openicf/hubspot".
[[nodiscard]] QString configIdOfFile(const QString &path);

/// Which configuration of a server a file is or becomes: the one its name says; where the server
/// has none of that id, the one with the same `name`, which no second one may have. Pure.
[[nodiscard]] QString configIdOn(const QList<ConfigObject> &provisioners, const QString &path,
                                 const JsonText &file);

/// A file's text with the values that a server has: what is the same stays as it is written, with
/// layout, order and comments; what the server has encrypted stays as the file has it, or is left
/// out; what only the file has goes, but for members of export tools ("_id"). Fails with
/// InvalidInput if the file is not valid JSON. Pure.
[[nodiscard]] Result<QByteArray> withServersValues(const QByteArray &file,
                                                   const ConfigObject &onServer);

} // namespace hubkeeper
