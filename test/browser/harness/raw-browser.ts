import { waitFor } from '../../support/wait-for.ts';

interface Message {
  id?: number;
  result?: any;
  error?: { message: string };
}

/** A second client of the browser, by its own protocol: for what Playwright keeps from happening. */
export class RawBrowser {
  private lastId = 0;
  private readonly waiting = new Map<number, (message: Message) => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as Message;
      if (message.id === undefined) return;
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
    });
  }

  static async connect(url: string): Promise<RawBrowser> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    return new RawBrowser(socket);
  }

  async send(method: string, params: object = {}, sessionId?: string): Promise<any> {
    const id = ++this.lastId;
    const answer = new Promise<Message>((resolve) => this.waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    const { result, error } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** Another device: its tabs share storage and locks. */
  async createDevice(): Promise<string> {
    const { browserContextId } = await this.send('Target.createBrowserContext');
    return browserContextId;
  }

  /** Opens a tab in front of the others of its device. `prepare` runs in its page before everything else. */
  async open(device: string, url: string, prepare?: () => void): Promise<RawTab> {
    const { targetId } = await this.send('Target.createTarget', {
      url: 'about:blank',
      browserContextId: device,
    });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const tab = new RawTab(this, device, targetId, sessionId);
    await tab.send('Page.enable');
    if (prepare) {
      const source = `(${prepare.toString()})()`;
      await tab.send('Page.addScriptToEvaluateOnNewDocument', { source });
    }
    await tab.navigate(url);
    await tab.show();
    return tab;
  }

  close(): void {
    this.socket.close();
  }
}

export class RawTab {
  constructor(
    private readonly browser: RawBrowser,
    private readonly device: string,
    private readonly targetId: string,
    private readonly sessionId: string,
  ) {}

  send(method: string, params: object = {}): Promise<any> {
    return this.browser.send(method, params, this.sessionId);
  }

  async evaluate<Result>(
    work: (...given: any[]) => Result | Promise<Result>,
    ...given: unknown[]
  ): Promise<Result> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression: `(${work.toString()})(...${JSON.stringify(given)})`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }

  /** Another tab comes to the front. @returns that one */
  async hide(): Promise<RawTab> {
    return this.browser.open(this.device, 'about:blank');
  }

  async show(): Promise<void> {
    await this.browser.send('Target.activateTarget', { targetId: this.targetId });
  }

  async setFrozen(isFrozen: boolean): Promise<void> {
    await this.send('Page.setWebLifecycleState', { state: isFrozen ? 'frozen' : 'active' });
  }

  /** Resolves when the page is loaded. */
  async navigate(url: string): Promise<void> {
    await this.send('Page.navigate', { url });
    await waitFor(
      () =>
        this.evaluate(
          (wanted) => location.href === wanted && document.readyState === 'complete',
          url,
        ),
      { message: `${url} is loaded` },
    );
  }

  /** As the browser's button does: a page that was kept comes back as it was. */
  async back(): Promise<void> {
    const { entries, currentIndex } = await this.send('Page.getNavigationHistory');
    await this.send('Page.navigateToHistoryEntry', { entryId: entries[currentIndex - 1].id });
  }

  /** The page's process ends at once. */
  crash(): void {
    void this.send('Page.crash').catch(() => {});
  }

  async close(): Promise<void> {
    await this.browser.send('Target.closeTarget', { targetId: this.targetId });
  }
}
