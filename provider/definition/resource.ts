import type { z } from "zod";
import type { Configuration } from "./configuration.ts";
import type { Issue } from "../../model/errors/index.ts";
import type { Context } from "./context.ts";

export type { Context } from "./context.ts";

/** Property bags as handlers see them: plain JSON, except that `unknown` may stand anywhere in a preview. */
// oxlint-disable-next-line typescript/no-explicit-any -- each definition narrows it with its own schema
export type Properties = Record<string, any>;

export interface Created {
  id: string;
  outputs: Properties;
}

export interface Observed {
  outputs: Properties;
  /** Inputs as `check` would shape them, with what the outside world holds now. */
  inputs: Properties;
}

/** Outputs as they were stored once → as the next version stores them. Never changed once released, only added to. */
export type Migration = (outputs: Properties) => Properties;

/**
 * One resource: its shape and its lifecycle, known to no front end, which go through `engineOf` (engine.ts). A resource
 * that only computes leaves out the lifecycle: its outputs are then its inputs and what `derive` adds.
 *
 * Handlers converge: each may be called again after a crash half-way, and deleting what is gone succeeds. One that fails
 * when something already exists throws a PartialFailure. Long ones give up when `context.signal` aborts.
 */
export interface ResourceDefinition {
  token: `spin:index:${string}`;
  description: string;
  inputs: z.ZodObject;
  /** What outputs hold besides the inputs. */
  outputs: z.ZodObject;
  /** Inputs whose change makes a new resource. */
  immutable?: readonly string[];
  /** Immutable inputs that say where outside it is: when one changes, the new one is made before the old one goes. */
  besides?: readonly string[];
  /** Properties whose change is a change of the resource, as paths. Default: all inputs. */
  compared?: readonly string[];
  /** Lists whose order means nothing, as paths; `[*]` stands for every index: `grants[*].keyValueStores`. */
  unordered?: readonly string[];
  /** From the first stored version of the outputs to the present one, one step each. */
  migrations?: readonly Migration[];
  /**
   * Inputs that Pulumi secrets may stand in. In the others they are refused, since what defines an app ends up in plain
   * text in its manifest, its artifacts and the outputs of the resources to the right.
   */
  acceptsSecrets?: readonly string[];
  /** The inputs that hold secrets, as paths; marked secret again on the way out. */
  secrets?(inputs: Properties): (string | number)[][];
  /** The input that takes the resource's own name when it is not given. */
  namedBy?: string;
  /** The optional input that identifies the resource in a world which other stacks share. */
  identityName?: string;
  /** Inputs that follow from the provider's configuration when the program does not give them. */
  configured?(configuration: Configuration): Properties;
  /** The identity of a resource that only computes. */
  identify(inputs: Properties): string;
  /** Rules beyond the types. Members that are not known yet are `undefined`. */
  validate?(inputs: Properties, context: Context): Issue[] | Promise<Issue[]>;
  /**
   * Outputs that follow from the inputs, so that a preview already shows them. Writes nothing. `old` is what the resource
   * was before, as far as the front end knows it: what cannot be derived, and does not change, is carried over from it.
   */
  derive?(inputs: Properties, context: Context, old?: Properties): Properties | Promise<Properties>;
  /**
   * Lines that a person reads in a preview: what follows from the change that no property shows. `planned` is what `plan`
   * gives, `old` what the front end knows of before. Writes nothing; a failure in it is no failure of the preview.
   */
  report?(planned: Properties, context: Context, old?: Properties): string[] | Promise<string[]>;
  /**
   * What the outside world itself would say to the change, asked in previews alone: an update finds out by itself. Throws
   * what it refuses. `planned` and `old` as for `report`. Writes nothing.
   */
  tryOut?(planned: Properties, context: Context, old?: Properties): Promise<void>;
  create?(inputs: Properties, context: Context): Promise<Created>;
  /** `undefined` only when the outside world says that there is no such thing. */
  read?(id: string, outputs: Properties, context: Context): Promise<Observed | undefined>;
  update?(id: string, old: Properties, inputs: Properties, context: Context): Promise<Properties>;
  delete?(id: string, outputs: Properties, context: Context): Promise<void>;
}
