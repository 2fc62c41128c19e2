/**
 * The loaders of one request, made at first use: a request pays only for what it reads. The key is usually the class or
 * function that owns the loader.
 */
export class RequestLoaders {
  private loaders: Map<object, unknown> | undefined;

  get<Loader>(owner: object, create: () => Loader): Loader {
    this.loaders ??= new Map();
    const known = this.loaders.get(owner) as Loader | undefined;
    if (known !== undefined) return known;
    const created = create();
    this.loaders.set(owner, created);
    return created;
  }
}
