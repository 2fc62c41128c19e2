import { ProbeProxy } from './proxy/probe.proxy.js';

/** What the rules forbid: a resolver that reaches past its service. */
export class ProbeResolver {
  readonly proxy = new ProbeProxy();
}
