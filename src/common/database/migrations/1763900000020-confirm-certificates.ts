import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who confirmed that a certificate is issued, when the certificate service could not be asked. */
export class ConfirmCertificates1763900000020 implements MigrationInterface {
  readonly name = 'ConfirmCertificates1763900000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE certificate ADD COLUMN confirmed_by varchar(26)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE certificate DROP COLUMN confirmed_by`);
  }
}
