// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/rule.h"

/// Blocks that IDM has encrypted, `$crypto` (HK510 to HK522).
namespace hubkeeper::crypto {

extern const Rule noCryptoType;
extern const Rule unknownCryptoType;
extern const Rule noValue;
extern const Rule missingMember;
extern const Rule notBase64;
extern const Rule wrongLength;
extern const Rule otherPurpose;
extern const Rule hashed;
extern const Rule notConfidential;
extern const Rule besideCrypto;
extern const Rule sameBlock;
extern const Rule newerBlock;
extern const Rule mixedForms;

[[nodiscard]] std::span<const Rule *const> rules();

} // namespace hubkeeper::crypto
