import type { NatsConnection } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';
import { IssueLog, type Issue } from './issue-log.ts';
import { found, Peer, Refusal } from './peer.ts';

interface CreateCertificate {
  createCertificateInput: { userId: string; courseId: string };
}

/** The certificate service. */
export class CertificatesPeer extends Peer {
  /** Refuses a second certificate for the same learner and course. */
  guardsDuplicates = true;
  /**
   * False: behaves like the platform's own service. Its check says that every learner has a certificate, and it refuses
   * a second one with an error without a reason.
   */
  canBeAsked = true;
  /** The reason to refuse a request for good, or null to accept it. */
  refuse: (userId: string, courseId: string) => string | null = () => null;

  private readonly log: IssueLog;
  private readonly held = new Set<string>();

  constructor(connection: NatsConnection, path?: string) {
    super(connection);
    this.log = new IssueLog(path);
    for (const { userId, courseId } of this.log.all()) this.held.add(keyOf(userId, courseId));
    this.serve('certificate.createCertificate', 'certificates', (request: CreateCertificate) =>
      this.create(request),
    );
    this.serve(
      'certificate.checkCertificateExisted',
      'certificates',
      ({ studentId, courseId }: { studentId: string; courseId: string }) => ({
        exists: !this.canBeAsked || this.held.has(keyOf(studentId, courseId)),
      }),
    );
  }

  /** Every certificate issued, in order, duplicates included. */
  get issued(): readonly Issue[] {
    return this.log.all();
  }

  /** Takes over certificates that were issued before this service was there. What it has already stays. */
  adopt(certificates: readonly Omit<Issue, 'certificateId'>[]): void {
    const missing = certificates.filter((one) => !this.held.has(keyOf(one.userId, one.courseId)));
    this.log.append(...missing.map((one) => ({ certificateId: randomUUID(), ...one })));
    for (const { userId, courseId } of missing) this.held.add(keyOf(userId, courseId));
  }

  close(): void {
    this.log.close();
  }

  private create({ createCertificateInput: { userId, courseId } }: CreateCertificate): unknown {
    const reason = this.refuse(userId, courseId);
    if (reason !== null) throw new Refusal({ statusCode: 422, message: reason });
    const key = keyOf(userId, courseId);
    if (this.guardsDuplicates && this.held.has(key)) {
      throw new Refusal(
        this.canBeAsked
          ? { statusCode: 409, message: 'Certificate already exists' }
          : { status: 'error', message: 'Internal server error' },
      );
    }
    const issue = {
      certificateId: randomUUID(),
      userId,
      courseId,
      issuedAt: new Date().toISOString(),
    };
    this.log.append(issue);
    this.held.add(key);
    return found(issue);
  }
}

const keyOf = (userId: string, courseId: string) => `${userId} ${courseId}`;
