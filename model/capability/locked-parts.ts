/** The members of a locked application that a target minds. What is of another shape is left out. */
import type { Json } from "../json.ts";

export interface LockedParts {
  triggers: { type: string; component?: string; isStatic: boolean; isWagi: boolean }[];
  components: {
    id: string;
    databases: string[];
    models: string[];
    files: string[];
    requirements: string[];
    dependencies: string[];
  }[];
}

export function readLocked(lockedApp: { [key: string]: Json }): LockedParts {
  return {
    triggers: tables(lockedApp["triggers"]).map((trigger) => {
      const settings = table(trigger["trigger_config"]);
      const { component } = settings;
      return {
        type: text(trigger["trigger_type"]),
        ...(typeof component === "string" ? { component } : {}),
        isStatic: settings["static_response"] !== undefined,
        isWagi: table(settings["executor"])["type"] === "wagi",
      };
    }),
    components: tables(lockedApp["components"]).map((component) => {
      const metadata = table(component["metadata"]);
      return {
        id: text(component["id"]),
        databases: texts(metadata["databases"]),
        models: texts(metadata["ai_models"]),
        files: tables(component["files"]).map((file) => text(file["path"])),
        // Optional requirements need no host.
        requirements: Object.entries(table(component["host_requirements"]))
          .filter(([, value]) => value === "required")
          .map(([name]) => name),
        dependencies: Object.keys(table(component["dependencies"])),
      };
    }),
  };
}

type Table = { [key: string]: Json };

function table(value: Json | undefined): Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function tables(value: Json | undefined): Table[] {
  return Array.isArray(value) ? value.map(table) : [];
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}
