import type { Reporter, TestModule } from 'vitest/node';

/** Prints a last line with the result of the run: `N passed, N failed`, for people and for scripts. */
export class Summary implements Reporter {
  private line = '';

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) {
        const { state } = test.result();
        if (state !== 'pending') count[state] += 1;
      }
      // A file that cannot be loaded, or whose hooks fail, may have no failed test of its own.
      const blamed = tests.some((test) => test.result().state === 'failed');
      if (module.state() === 'failed' && !blamed) count.failed += 1;
    }
    this.line = `${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`;
    process.once('exit', () => console.log(this.line));
  }
}
