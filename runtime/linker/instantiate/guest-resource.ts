/** A resource that a guest implements, owned by the host. */
export class GuestResource {
  #rep: number;
  readonly #destroy: (rep: number) => void;
  #isOwned = true;

  constructor(rep: number, destroy: (rep: number) => void) {
    this.#rep = rep;
    this.#destroy = destroy;
  }

  /** What stands for it in the guest; `destroy` tells resources of one kind from others. */
  static rep(resource: unknown, destroy: (rep: number) => void): number {
    if (!(resource instanceof GuestResource) || resource.#destroy !== destroy || !resource.#isOwned)
      throw new TypeError("expected a resource of this component that was not given away");
    return resource.#rep;
  }

  /** As `rep`, and the host owns it no more. */
  static take(resource: unknown, destroy: (rep: number) => void): number {
    const rep = GuestResource.rep(resource, destroy);
    (resource as GuestResource).#isOwned = false;
    return rep;
  }

  [Symbol.dispose](): void {
    if (!this.#isOwned) return;
    this.#isOwned = false;
    this.#destroy(this.#rep);
  }
}
