/** A module beside `from`, in the form that runs now: `.ts` from source, `.js` from dist. */
export function siblingModule(from: string, name: string): URL {
  return new URL(`${name}${from.endsWith(".ts") ? ".ts" : ".js"}`, from);
}
