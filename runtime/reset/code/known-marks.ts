/**
 * Which pages are sure to be marked where the walk over a function stands, so that a store there needs no mark of its own.
 *
 * A mark stays until the request has ended. So a store through a local needs none when every way to it passed a mark for a
 * lower address through the same value of that local, near enough that restoring the marked page covers both. Ways are
 * followed as far as blocks allow: what holds at the start of a block holds in it and after it; nothing is known at the
 * start of a loop, since its next turn comes from elsewhere; what is learned inside a block is forgotten at its end.
 */

/** V8's own limit of locals, parameters among them. */
export const mostLocals = 50_000;

/** Older marks of a function are rarely asked for. */
const furthestBack = 12;

export const unknownOperand = -1;

export class KnownMarks {
  /** How often each local was written so far, which tells values of it apart. */
  readonly #versions = new Int32Array(mostLocals);
  /** For each mark: local, version, offset. */
  readonly #marks: number[] = [];
  /** For each open block: how many numbers of `#marks` hold at its start, and from where they may be used. */
  readonly #blocks: number[] = [];
  #floor = 0;
  /** Operands whose origin is known, as pairs of local and version. Below them lie operands that nobody followed. */
  readonly #operands: number[] = [];

  /** Begins a function with this many locals. */
  begin(locals: number): void {
    this.#versions.fill(0, 0, locals);
    this.#marks.length = 0;
    this.#blocks.length = 0;
    this.#floor = 0;
    this.#operands.length = 0;
  }

  enterBlock(isLoop: boolean): void {
    this.#blocks.push(this.#marks.length, this.#floor);
    if (isLoop) this.#floor = this.#marks.length;
    this.#operands.length = 0;
  }

  /** `else` and the handlers of `try`: reached from the block's start. */
  enterBranch(): void {
    this.#marks.length = this.#blocks.at(-2) ?? 0;
    this.#operands.length = 0;
  }

  leaveBlock(): void {
    this.#floor = this.#blocks.pop() ?? 0;
    this.#marks.length = this.#blocks.pop() ?? 0;
    this.#operands.length = 0;
  }

  /** After an instruction whose operands nobody follows. */
  forgetOperands(): void {
    this.#operands.length = 0;
  }

  pop(count: number): void {
    this.#operands.length = Math.max(0, this.#operands.length - 2 * count);
  }

  push(count: number): void {
    for (let left = count; left > 0; left--) this.#operands.push(unknownOperand, 0);
  }

  readLocal(local: number): void {
    this.#operands.push(local, this.#versions[local] ?? 0);
  }

  writeLocal(local: number): void {
    this.#versions[local] = (this.#versions[local] ?? 0) + 1;
  }

  /** The local that still holds the operand this many below the top, or `unknownOperand`. */
  localOf(below: number): number {
    const at = this.#operands.length - 2 * (below + 1);
    const local = this.#operands[at] ?? unknownOperand;
    return local !== unknownOperand && this.#operands[at + 1] === this.#versions[local]
      ? local
      : unknownOperand;
  }

  /** Whether a store at `local + offset` lies in what a mark already covers, `reach` bytes from it on. */
  isMarked(local: number, offset: number, reach: number): boolean {
    const marks = this.#marks;
    const last = Math.max(this.#floor, marks.length - 3 * furthestBack);
    for (let at = marks.length - 3; at >= last; at -= 3) {
      const distance = offset - (marks[at + 2] ?? 0);
      if (
        marks[at] === local &&
        marks[at + 1] === this.#versions[local] &&
        distance >= 0 &&
        distance <= reach
      )
        return true;
    }
    return false;
  }

  addMark(local: number, offset: number): void {
    this.#marks.push(local, this.#versions[local] ?? 0, offset);
  }
}
