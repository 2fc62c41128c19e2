import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who confirmed that a certificate is issued, when the certificate service could not be asked; and which certificates
 * may have been issued before this service was there.
 */
export class ConfirmCertificates1763900000020 implements MigrationInterface {
  readonly name = 'ConfirmCertificates1763900000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE certificate ADD COLUMN confirmed_by varchar(26),
      ADD COLUMN must_check boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE certificate DROP COLUMN must_check, DROP COLUMN confirmed_by`);
  }
}
