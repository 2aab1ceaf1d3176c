// Licensed under the Apache License, Version 2.0.
// Checks a stream of Kubernetes manifests (a file of YAML documents) against the schemas of their kinds, and refuses
// fields that no schema knows: an API server drops those silently, so a misspelt probe would simply not be there.
import { readFileSync } from "node:fs";
import { loadAll } from "js-yaml";

const FAMILIES = {
  "v1": "kubernetes-models/v1",
  "apps/v1": "kubernetes-models/apps/v1",
  "batch/v1": "kubernetes-models/batch/v1",
  "policy/v1": "kubernetes-models/policy/v1",
  "networking.k8s.io/v1": "kubernetes-models/networking.k8s.io/v1",
  "keda.sh/v1alpha1": "@kubernetes-models/keda/keda.sh/v1alpha1",
};

// The generated validators read every field that they know; what they never read, they do not know.
function watched(value, path, watches) {
  const read = new Set();
  const children = new Map();
  watches.push({ value, path, read });
  return new Proxy(value, {
    get(target, key) {
      const found = target[key];
      if (typeof key !== "string" || !Object.hasOwn(target, key)) return found;
      read.add(key);
      if (found === null || typeof found !== "object") return found;
      if (!children.has(key)) children.set(key, watched(found, `${path}/${key}`, watches));
      return children.get(key);
    },
  });
}

async function faults(manifest) {
  const name = `${manifest.kind} ${manifest.metadata?.name}`;
  const family = FAMILIES[manifest.apiVersion];
  const Model = family && (await import(family))[manifest.kind];
  if (!Model) return [`${name}: no schema for ${manifest.apiVersion}`];
  const watches = [];
  const found = [];
  try {
    Model.prototype.validate.call(watched(new Model(manifest), "", watches));
  } catch (error) {
    found.push(`${name}: ${error.message}`);
  }
  for (const { value, path, read } of watches)
    for (const key of Object.keys(value)) if (!read.has(key)) found.push(`${name}: unknown field ${path}/${key}`);
  return found;
}

const manifests = loadAll(readFileSync(process.argv[2], "utf8")).filter(Boolean);
const found = (await Promise.all(manifests.map(faults))).flat();
found.forEach((fault) => console.log(fault));
console.log(`${manifests.length} manifests, ${found.length} faults`);
process.exit(found.length || !manifests.length ? 1 : 0);
