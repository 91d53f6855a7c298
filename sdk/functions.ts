/** Questions to ask while a program runs. Each has a form for plain values and one for outputs. */
import * as pulumi from "@pulumi/pulumi";
import type { AppDefinition, ArtifactDefinition } from "../model/definition.ts";
import type { ChangeKind, Risk } from "../model/review/index.ts";

export interface GetAppArgs {
  /** Name on the host. */
  name: string;
  /** Which host. Default: the user's own. */
  host?: { stateDir: string };
}

export interface GetAppResult {
  name: string;
  url: string;
  status: "running" | "stopped";
  /** `sha256:<hex>` of the locked application that runs. */
  digest: string;
  revision: number;
  listen: string;
  /** Values of the variables that are no secrets. */
  variables: Record<string, string>;
  /** The revisions that the host keeps, the present one last. */
  history: { revision: number; digest: string; deployedAt: string }[];
}

/** An application as a bundled host has it now, whoever deployed it. Rejects with ERR_SPIN_HOST_NO_APP. */
export function getApp(args: GetAppArgs): Promise<GetAppResult> {
  return call("getApp", args);
}

export function getAppOutput(args: pulumi.Input<Inputs<GetAppArgs>>): pulumi.Output<GetAppResult> {
  return later(args, getApp);
}

export interface GetArtifactArgs {
  /** `registry/repository:tag` or `registry/repository@sha256:<hex>`. */
  reference: string;
  /** True: plain HTTP. Default: the stack's `spin:registries`. */
  insecure?: boolean;
  /** PEM of authorities. Default: the stack's `spin:registries`. */
  ca?: string;
}

export interface GetArtifactResult {
  /** `registry/repository@sha256:<hex>`. */
  reference: string;
  digest: string;
  size: number;
  /** What a deployment takes. */
  definition: ArtifactDefinition;
}

/**
 * An application in a registry, whoever pushed it. A tag is resolved to the digest that it has now. Rejects with
 * ERR_SPIN_REGISTRY_NOT_FOUND.
 */
export function getArtifact(args: GetArtifactArgs): Promise<GetArtifactResult> {
  return call("getArtifact", args);
}

export function getArtifactOutput(
  args: pulumi.Input<Inputs<GetArtifactArgs>>,
): pulumi.Output<GetArtifactResult> {
  return later(args, getArtifact);
}

export interface InspectComponentArgs {
  /** The .wasm file, relative to the project, or where to fetch it and the digest it must have. */
  source: string | { url: string; digest: string };
}

export interface InspectComponentResult {
  digest: string;
  sizeBytes: number;
  kind: "component" | "module";
  imports: string[];
  exports: string[];
  producers: Record<string, string[]>;
}

/** What a WebAssembly binary says about itself, without running it. */
export function inspectComponent(args: InspectComponentArgs): Promise<InspectComponentResult> {
  return call("inspectComponent", args);
}

export function inspectComponentOutput(
  args: pulumi.Input<Inputs<InspectComponentArgs>>,
): pulumi.Output<InspectComponentResult> {
  return later(args, inspectComponent);
}

export interface CheckTargetsArgs {
  /** The `definition` of an App. */
  app: AppDefinition;
  /** Names such as `spinkube` or `spin-up@3.6`. Default: every target there is. */
  targets?: string[];
}

export interface CheckTargetsResult {
  results: { target: string; canRun: boolean; problems: string[] }[];
}

/** Which targets can run an application, and what keeps it from the others. */
export function checkTargets(args: CheckTargetsArgs): Promise<CheckTargetsResult> {
  return call("checkTargets", args);
}

export function checkTargetsOutput(
  args: pulumi.Input<Inputs<CheckTargetsArgs>>,
): pulumi.Output<CheckTargetsResult> {
  return later(args, checkTargets);
}

export interface DiffCapabilitiesArgs {
  /** Two spin.toml texts; an App outputs its own as `manifest`. */
  base: string;
  head: string;
}

export interface DiffCapabilitiesResult {
  changes: {
    change: "added" | "removed" | "widened" | "narrowed" | "changed";
    risk: Risk;
    why: string;
    component: string;
    kind: ChangeKind;
    before: string[];
    after: string[];
  }[];
  /** Left out when the application only loses rights, or nothing changes. */
  worstRisk?: Risk;
  markdown: string;
}

/** What one application may do that another may not. */
export function diffCapabilities(args: DiffCapabilitiesArgs): Promise<DiffCapabilitiesResult> {
  return call("diffCapabilities", args);
}

export function diffCapabilitiesOutput(
  args: pulumi.Input<Inputs<DiffCapabilitiesArgs>>,
): pulumi.Output<DiffCapabilitiesResult> {
  return later(args, diffCapabilities);
}

type Inputs<T> = { [Key in keyof T]: pulumi.Input<T[Key]> };

/** Loaded when the first question is asked: most programs ask none. */
async function call<Result>(name: string, args: object): Promise<Result> {
  const provider = await import("../provider/functions/call.ts");
  return (await provider.call(`spin:index:${name}`, args, pulumi.runtime.allConfig())) as Result;
}

function later<Args, Result>(
  args: pulumi.Input<Inputs<Args>>,
  ask: (args: Args) => Promise<Result>,
): pulumi.Output<Result> {
  const known: pulumi.Output<unknown> = pulumi.output(args);
  return known.apply<Result>((given) => ask(given as Args));
}
