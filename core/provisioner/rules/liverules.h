// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/rule.h"

/// The rules only a portal can answer (HK9xx): listed and explained with all others, found by the
/// session's LiveCheck.
namespace hubkeeper::live {

extern const Rule credentialsRefused;
extern const Rule portalUnreachable;
extern const Rule certificateUntrusted;
extern const Rule portalRefuses;
extern const Rule readScopeMissing;
extern const Rule writeScopeMissing;
extern const Rule scopeNotNeeded;
extern const Rule definitionsNotReadable;
extern const Rule attributeGone;
extern const Rule typeDiffers;
extern const Rule writableButComputed;
extern const Rule requiredNotMapped;
extern const Rule requiredNotMarked;
extern const Rule propertiesNotMapped;
extern const Rule permitsAboveLimit;
extern const Rule dailyLimitNear;

} // namespace hubkeeper::live
