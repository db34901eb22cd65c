// SPDX-License-Identifier: MIT
// check.mjs BUILD_FOLDER PROGRAM SAMPLES: reports of good, bad and unreadable files against the
// schema; then that the check itself would notice a fault.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [build, program, samples] = process.argv.slice(2);
const require = createRequire(join(build, "package.json"));
const Ajv = require("ajv");
const ajv = new Ajv({ schemaId: "id", meta: false, allErrors: true });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const schema = JSON.parse(readFileSync(
    join(build, "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"));
const isValid = ajv.compile(schema);

const folder = mkdtempSync(join(tmpdir(), "hubkeeper-sarif-"));
const write = (name, text) => {
    writeFileSync(join(folder, name), text);
    return name;
};
const variants = readdirSync(join(samples, "variants")).map((name) => join(samples, "variants", name));
const cases = {
    samples: [join(samples, "provisioner.openicf-hubspot.json"), ...variants],
    broken: [write("broken.json", '{"enabled": true,, "a": [1 2], }')],
    empty: [write("empty.json", "")],
    foreign: [write("foreign.json", '{"connectorRef": {"connectorName": "x"}}')],
    "odd name": [write("ä b%c#d,e.json", '{"Enabled": "yes"}')],
    unreadable: ["there is none.json"],
    fixable: [write("fixable.json", '{"enabled": "true", "connectorRef": {"connectorName": '
        + '"org.forgerock.openicf.connectors.hubspot.HubspotConnector"}, "poolConfigOption": '
        + '{"maxObjects": "10", }}')],
    "own dated rules": [join(samples, "provisioner.openicf-hubspot.json")],
};
mkdirSync(join(folder, "own dated rules", "hubkeeper"), { recursive: true });
writeFileSync(join(folder, "own dated rules", "hubkeeper", "dated-rules.json"), JSON.stringify({
    format: 1,
    rules: [{
        id: "ACME001", severity: "info", title: "Our own", text: "It is ours.", effect: "Nothing.",
        remedy: "Nothing.", date: "2020-01-01", dateIs: "since", source: "us",
        when: { always: true }, example: { pointer: "#today", bad: "2026-11-25", good: "2000-01-01" },
    }],
}));

let failed = 0;
for (const [name, files] of Object.entries(cases)) {
    const run = spawnSync(program, ["validate", "--format", "sarif", "--fail-on", "never", ...files],
        {
            cwd: folder, encoding: "utf8", maxBuffer: 1 << 28,
            env: { ...process.env, XDG_CONFIG_HOME: join(folder, name) },
        });
    const log = JSON.parse(run.stdout);
    const good = isValid(log);
    console.log(`${good ? "ok" : "NOT VALID"}: ${name}, ${log.runs[0].results.length} results`);
    if (!good) {
        failed += 1;
        console.log(isValid.errors.slice(0, 10));
    }
    const rules = log.runs[0].tool.driver.rules;
    const found = log.runs[0].results;
    if (name === "own dated rules" && !found.some((result) => result.ruleId === "ACME001")) {
        failed += 1;
        console.log("no finding of the own rule");
    }
    if (name === "fixable" && !found.some((result) => result.fixes)) {
        failed += 1;
        console.log("no fix");
    }
    for (const result of found) {
        if (rules[result.ruleIndex]?.id !== result.ruleId) {
            failed += 1;
            console.log(`wrong ruleIndex of ${result.ruleId}`);
        }
        const uri = result.locations[0].physicalLocation.artifactLocation.uri;
        if (!/^[A-Za-z0-9._~:/?@!$&'()*+,;=%-]*$/.test(uri) || /%(?![0-9A-F]{2})/.test(uri)) {
            failed += 1;
            console.log(`no URI: ${uri}`);
        }
    }
}
rmSync(folder, { recursive: true });
if (isValid({ version: "2.1.0", runs: [{ tool: {} }] })) {
    failed += 1;
    console.log("the schema takes anything");
}
process.exit(failed === 0 ? 0 : 1);
