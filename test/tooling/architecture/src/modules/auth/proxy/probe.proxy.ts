export class ProbeProxy {}
