// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/rule.h"

/// The rules of mappings (HK1xxx): listed and explained with all others, found by
/// validateMappings() of idm/mappings.
namespace hubkeeper::mapping {

// The list, names, links, what a mapping joins.
extern const Rule noMappingList;
extern const Rule incomplete;
extern const Rule nameTwice;
extern const Rule unsafeName;
extern const Rule linksUnknown;
extern const Rule linksOtherEnds;
extern const Rule linksOfLinks;
extern const Rule separateLinks;
extern const Rule unknownKey;
extern const Rule collectionForm;
extern const Rule unknownType;
extern const Rule sameEnds;
extern const Rule notAFlag;
extern const Rule enabledIgnored;
extern const Rule syncCircle;
extern const Rule implicitSync;
extern const Rule fileOfAnotherMapping;
extern const Rule fileNotRead;

// Properties, conditions and scripts.
extern const Rule noTarget;
extern const Rule badCondition;
extern const Rule notAScript;
extern const Rule doesNotCompile;
extern const Rule notChecked;
extern const Rule unknownLanguage;
extern const Rule unknownTarget;
extern const Rule unknownSource;
extern const Rule readOnlyTarget;
extern const Rule idOfConnector;
extern const Rule targetTwice;
extern const Rule pointerEscape;
extern const Rule alwaysNull;
extern const Rule wholeObject;
extern const Rule writtenForEver;
extern const Rule nullRefused;
extern const Rule requiredMissing;
extern const Rule userNameShared;
extern const Rule typesDiffer;
extern const Rule noProperties;
extern const Rule filterFindsNothing;
extern const Rule runAsIgnored;
extern const Rule unknownManaged;

// Correlation.
extern const Rule twoCorrelations;
extern const Rule brokenTree;
extern const Rule treeUnmapped;
extern const Rule treePointer;
extern const Rule treeTakesFirst;
extern const Rule treeIgnores;
extern const Rule treeNumber;
extern const Rule noCorrelation;
extern const Rule qualifierTwice;
extern const Rule qualifierUnasked;
extern const Rule quotesBreak;
extern const Rule neverFound;
extern const Rule searchUnknown;
extern const Rule presenceMatchesAll;
extern const Rule notSearchable;
extern const Rule operatorUnknown;

// Policies.
extern const Rule unknownSituation;
extern const Rule situationCase;
extern const Rule unknownAction;
extern const Rule hiddenPolicy;
extern const Rule nullSourceLink;
extern const Rule actionFails;
extern const Rule actsOnInvalid;
extern const Rule actionDoesNothing;
extern const Rule deletesSourceMissing;
extern const Rule deletesUnassigned;
extern const Rule deletesOthersTarget;
extern const Rule deletesUnqualified;
extern const Rule deletesValid;
extern const Rule missingSituations;
extern const Rule postActionOfNone;
extern const Rule noObjectThere;

// Settings of runs, and what mappings do to each other.
extern const Rule emptySourceDeletes;
extern const Rule targetPhaseById;
extern const Rule noLinking;
extern const Rule wipingQuery;
extern const Rule leftOutIsWritten;
extern const Rule targetQueryHides;
extern const Rule queryKeyUnknown;
extern const Rule badQuery;
extern const Rule firstRunFails;
extern const Rule qualifiersDelete;
extern const Rule conditionInSourcePhase;
extern const Rule validTargetLate;
extern const Rule otherWriter;
extern const Rule notTheSameBack;
extern const Rule neverStable;

} // namespace hubkeeper::mapping
